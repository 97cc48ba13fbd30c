package dev.tarn.local.standin;

import dev.tarn.local.standin.Ranking.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Picks the sentences of an answer: the best, and those that add to it and read on from it. */
final class Selection {
    private static final int MOST_SENTENCES = 4;
    private static final int MOST_WORDS = 110;
    /** Cosines of MiniLM: sentences about something else stay under 0.40, with few exceptions that share no words. */
    private static final double RELATED = 0.40;

    private static final double SURELY_RELATED = 0.50;
    private static final double SHARED_WORDS = 0.25;
    private static final double COMPANION = 0.30;
    private static final double NEAR_DUPLICATE = 0.88;
    private static final double READS_ON = 0.15;
    private static final double SAME_PASSAGE = 0.08;
    private static final double LEANS_ON_NOTHING = 0.12;
    private static final double WORTH = 0.85;

    private final List<Ranked> ranked;
    private final List<Ranked> chosen = new ArrayList<>();

    private Selection(List<Ranked> ranked) {
        this.ranked = ranked;
    }

    /** In reading order, the best sentence's passage first; nothing if no sentence is about the question. */
    static List<Candidate> of(List<Ranked> ranked) {
        return new Selection(ranked).choose();
    }

    private List<Candidate> choose() {
        Optional<Ranked> best = ranked.stream().filter(Selection::answers).max(Comparator.comparingDouble(this::worth));
        if (best.isEmpty()) {
            return List.of();
        }
        chosen.add(best.get());
        double enough = WORTH * best.get().score();
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

    private static boolean answers(Ranked ranked) {
        return ranked.cosine() >= SURELY_RELATED || ranked.cosine() >= RELATED && ranked.overlap() >= SHARED_WORDS;
    }

    private Optional<Ranked> next(double enough) {
        int words = chosen.stream().mapToInt(Selection::words).sum();
        if (chosen.size() == MOST_SENTENCES) {
            return Optional.empty();
        }
        return ranked.stream()
                .filter(r -> r.cosine() >= COMPANION && !chosen.contains(r) && words + words(r) <= MOST_WORDS)
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
                + (follows || isNeeded ? READS_ON : 0)
                + (around.isEmpty() ? 0 : SAME_PASSAGE)
                - (!follows && Cues.leansBack(sentence.text()) ? LEANS_ON_NOTHING : 0);
    }

    private static int words(Ranked ranked) {
        return Words.count(ranked.candidate().text());
    }
}
