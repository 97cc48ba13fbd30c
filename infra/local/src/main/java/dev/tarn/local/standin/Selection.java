package dev.tarn.local.standin;

import dev.tarn.local.standin.Ranking.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Picks the sentences of an answer: the best, and those that add to it and read on from it. */
final class Selection {
    private static final int MOST_SENTENCES = 4;
    private static final int MOST_WORDS = 110;
    private static final int MOST_SENTENCES_TO_EXPLAIN = 7;
    private static final int MOST_WORDS_TO_EXPLAIN = 220;
    private static final double COMPANION = 0.30;
    private static final double NEAR_DUPLICATE = 0.88;
    private static final double READS_ON = 0.05;
    private static final double SAME_PASSAGE = 0.03;
    private static final double LEANS_ON_NOTHING = 0.12;
    private static final double LEADS = 0.25;
    private static final double WORTH = 0.80;
    private static final double WORTH_TO_EXPLAIN = 0.70;
    private static final double NEW_WORDS = 0.15;
    private static final double OPENS = 0.04;
    private static final double DEFINES = 0.25;

    private final Set<String> asked;
    private final boolean explains;
    private final List<Ranked> ranked;
    private final List<Ranked> chosen = new ArrayList<>();

    private Selection(String question, List<Ranked> ranked) {
        asked = Words.of(question);
        explains = Cues.asksToExplain(question);
        this.ranked = ranked;
    }

    /** In reading order, the best sentence's passage first; nothing if there is no sentence. */
    static List<Candidate> of(GroundedPrompt prompt, List<Ranked> ranked) {
        return new Selection(prompt.question(), ranked).choose();
    }

    private List<Candidate> choose() {
        Optional<Ranked> best = ranked.stream().max(Comparator.comparingDouble(this::worth));
        if (best.isEmpty()) {
            return List.of();
        }
        chosen.add(best.get());
        double enough = (explains ? WORTH_TO_EXPLAIN : WORTH) * worth(best.get());
        for (Optional<Ranked> next = next(enough); next.isPresent(); next = next(enough)) {
            chosen.add(next.get());
        }
        int first = best.get().candidate().passage();
        return chosen.stream()
                .map(Ranked::candidate)
                .sorted(Comparator.<Candidate>comparingInt(c -> c.passage() == first ? -1 : c.passage())
                        .thenComparingInt(Candidate::position))
                .toList();
    }

    private Optional<Ranked> next(double enough) {
        int words = chosen.stream().mapToInt(Selection::words).sum();
        if (chosen.size() == (explains ? MOST_SENTENCES_TO_EXPLAIN : MOST_SENTENCES)) {
            return Optional.empty();
        }
        int room = (explains ? MOST_WORDS_TO_EXPLAIN : MOST_WORDS) - words;
        return ranked.stream()
                .filter(r -> r.cosine() >= COMPANION && !chosen.contains(r) && words(r) <= room)
                .filter(r -> chosen.stream().noneMatch(c -> MiniLm.dot(c.vector(), r.vector()) > NEAR_DUPLICATE))
                .filter(r -> worth(r) >= enough)
                .max(Comparator.comparingDouble(this::worth));
    }

    /** The score, and what the sentence gains or loses by standing beside those already chosen. */
    private double worth(Ranked r) {
        Candidate sentence = r.candidate();
        List<Candidate> around = chosen.stream()
                .map(Ranked::candidate)
                .filter(other -> other.passage() == sentence.passage())
                .toList();
        boolean follows = around.stream().anyMatch(other -> other.position() + 1 == sentence.position());
        boolean isNeeded = around.stream()
                .anyMatch(other -> other.position() - 1 == sentence.position() && Cues.leansBack(other.text()));
        return r.score()
                + NEW_WORDS * newWords(sentence)
                + (sentence.opens() ? OPENS : 0)
                + (explains && definesAWordOfTheBest(sentence) ? DEFINES : 0)
                + (follows || isNeeded ? READS_ON : 0)
                + (around.isEmpty() ? 0 : SAME_PASSAGE)
                - (sentence.leads() ? LEADS : 0)
                - (!follows && Cues.leansBack(sentence.text()) ? LEANS_ON_NOTHING : 0);
    }

    /** The share of the question's words that the sentence has, and no chosen one. */
    private double newWords(Candidate sentence) {
        long added = asked.stream()
                .filter(word -> sentence.words().contains(word)
                        && chosen.stream().noneMatch(c -> c.candidate().words().contains(word)))
                .count();
        return asked.isEmpty() ? 0 : (double) added / asked.size();
    }

    private boolean definesAWordOfTheBest(Candidate sentence) {
        String defined = Cues.defined(sentence.text());
        return defined != null
                && !chosen.isEmpty()
                && chosen.get(0).candidate().words().containsAll(Words.of(defined));
    }

    private static int words(Ranked ranked) {
        return Words.count(ranked.candidate().text());
    }
}
