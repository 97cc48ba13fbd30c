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
    static final Pattern MARK = Pattern.compile("^\\s*(?:[-*+•>]|#{1,6}|\\d{1,3}[.)])\\s+");
    /** Citations that stand behind the end of their sentence. */
    private static final Pattern BEHIND =
            Pattern.compile("([.!?:]{1,9})\\s{0,9}((?:" + Citations.PATTERN + "[\\s,;]{0,9}){1,99})");

    /** Where a block of code begins or ends. */
    private static final Pattern FENCE = Pattern.compile("^ {0,3}```");

    /** What is left of a line of citations. */
    private static final Pattern ALONE = Pattern.compile(
            "(?i)[^\\p{L}\\p{N}]*(?:(?:sources?|references?|citations?|passages?|see)[^\\p{L}\\p{N}]*)?");

    /** Blanks before a mark that ends something; that of {@code a != b} begins something. */
    private static final Pattern LOOSE_END =
            Pattern.compile("\\s{1,99}(?=[.!?:,;]{1,9}[\"'*_`)\\]\u2019\u201d]{0,9}(?:\\s|$))");

    private static final Pattern HAS_WORDS = Pattern.compile("(?s).*[\\p{L}\\p{N}].*");

    /**
     * A sentence.
     *
     * @param text without citations
     * @param citations its own; or those on a line of their own behind it; or those of the next sentence that has some
     */
    record Sentence(String text, List<Integer> citations) {
        Sentence citing(List<Integer> other) {
            return new Sentence(text, other);
        }
    }

    static Draft of(String reply) {
        List<Sentence> sentences = new ArrayList<>();
        StringBuilder code = null;
        for (String line : LINE_BREAK.split(reply, -1)) {
            if (FENCE.matcher(line).find()) {
                addCode(sentences, code);
                code = code == null ? new StringBuilder() : null;
            } else if (code != null) {
                code.append(line).append('\n');
            } else {
                addLine(sentences, line);
            }
        }
        addCode(sentences, code);
        for (int i = sentences.size() - 2; i >= 0; i--) {
            if (sentences.get(i).citations().isEmpty()) {
                sentences.set(i, sentences.get(i).citing(sentences.get(i + 1).citations()));
            }
        }
        return new Draft(sentences);
    }

    private static void addLine(List<Sentence> sentences, String line) {
        String unmarked = MARK.matcher(line).replaceFirst("");
        List<Integer> cited = List.copyOf(Citations.in(unmarked));
        if (ALONE.matcher(Citations.without(unmarked)).matches()) {
            int last = sentences.size() - 1;
            if (last >= 0 && sentences.get(last).citations().isEmpty()) {
                sentences.set(last, sentences.get(last).citing(cited));
            }
            return;
        }
        for (String sentence : Sentences.of(BEHIND.matcher(unmarked).replaceAll(" $2$1 "))) {
            String text = LOOSE_END
                    .matcher(Citations.without(sentence))
                    .replaceAll("")
                    .strip();
            if (HAS_WORDS.matcher(text).matches()) {
                Set<Integer> own = Citations.in(sentence);
                own.retainAll(cited); // a sentence may end within code
                sentences.add(new Sentence(text, List.copyOf(own)));
            }
        }
    }

    /** A block of code is one sentence, and cites nothing itself. */
    private static void addCode(List<Sentence> sentences, StringBuilder code) {
        if (code != null && HAS_WORDS.matcher(code).matches()) {
            sentences.add(new Sentence(code.toString().strip(), List.of()));
        }
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
