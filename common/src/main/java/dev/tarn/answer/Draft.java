package dev.tarn.answer;

import dev.tarn.question.Citations;
import dev.tarn.question.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A reply's sentences with what they cite, not yet compared with it. */
record Draft(List<Sentence> sentences) {
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Pattern MARK = Pattern.compile("^\\s*(?:[-*+•>]|#{1,6}|\\d{1,3}[.)])\\s+");
    /** Citations that stand behind the end of their sentence. */
    private static final Pattern BEHIND = Pattern.compile("([.!?:]+)\\s*((?:" + Citations.PATTERN + "[\\s,;]*)+)");

    private static final Pattern CITATION = Pattern.compile("\\s*" + Citations.PATTERN);
    private static final Pattern LOOSE_END = Pattern.compile("\\s+(?=[.!?:,;])");
    private static final Pattern HAS_WORDS = Pattern.compile("(?s).*[\\p{L}\\p{N}].*");

    /**
     * A sentence.
     *
     * @param text without citations
     * @param citations its own, or those of the next sentence that has some
     */
    record Sentence(String text, List<Integer> citations) {}

    static Draft of(String reply) {
        List<Sentence> sentences = new ArrayList<>();
        for (String line : LINE_BREAK.split(reply, -1)) {
            String unmarked = MARK.matcher(line).replaceFirst("");
            for (String sentence : Sentences.of(BEHIND.matcher(unmarked).replaceAll(" $2$1 "))) {
                String text = LOOSE_END
                        .matcher(CITATION.matcher(sentence).replaceAll(""))
                        .replaceAll("")
                        .strip();
                if (HAS_WORDS.matcher(text).matches()) {
                    sentences.add(new Sentence(text, List.copyOf(Citations.in(sentence))));
                }
            }
        }
        for (int i = sentences.size() - 2; i >= 0; i--) {
            if (sentences.get(i).citations().isEmpty()) {
                sentences.set(
                        i,
                        new Sentence(
                                sentences.get(i).text(), sentences.get(i + 1).citations()));
            }
        }
        return new Draft(sentences);
    }

    /** What is wrong with a reply's citations; null when nothing is. */
    static String fault(String reply, List<Passage> given) {
        Set<Integer> cited = new TreeSet<>(Citations.in(reply));
        if (cited.isEmpty()) {
            return "it cites no passage";
        }
        List<Integer> numbers = given.stream().map(Passage::citation).toList();
        cited.removeAll(Set.copyOf(numbers));
        return cited.isEmpty()
                ? null
                : "it cites " + bracketed(cited) + ", but the passages are " + bracketed(new TreeSet<>(numbers));
    }

    private static String bracketed(Set<Integer> numbers) {
        return numbers.stream().limit(20).map(number -> "[" + number + "]").collect(Collectors.joining(", "));
    }
}
