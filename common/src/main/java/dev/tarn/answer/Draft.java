package dev.tarn.answer;

import dev.tarn.question.Citations;
import dev.tarn.question.Passage;
import dev.tarn.text.CodeBlocks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A reply as it is read: its sentences with what they cite, not yet compared with it.
 *
 * @param sentences in their order
 * @param cited all that it cites, also where no sentence is that it could belong to
 */
record Draft(List<Sentence> sentences, Set<Integer> cited) {
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    static final Pattern MARK = Pattern.compile("^\\s*(?:[-*+•>]|#{1,6}|\\d{1,3}[.)])\\s+");
    /** Citations that stand behind the end of their sentence. */
    private static final Pattern BEHIND =
            Pattern.compile("([.!?:]{1,9})\\s{0,9}((?:" + Citations.PATTERN + "[\\s,;]{0,9}){1,99})");

    private static final Pattern BLOCK = Pattern.compile(CodeBlocks.PATTERN);

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
        String text = Citations.unwrapped(reply);
        List<Sentence> sentences = new ArrayList<>();
        int from = 0;
        for (Matcher block = BLOCK.matcher(text); block.find(); from = block.end()) {
            addLines(sentences, text.substring(from, block.start()));
            addCode(sentences, block.group("code"));
        }
        addLines(sentences, text.substring(from));
        for (int i = sentences.size() - 2; i >= 0; i--) {
            if (sentences.get(i).citations().isEmpty()) {
                sentences.set(i, sentences.get(i).citing(sentences.get(i + 1).citations()));
            }
        }
        return new Draft(sentences, Citations.in(text));
    }

    private static void addLines(List<Sentence> sentences, String text) {
        LINE_BREAK.splitAsStream(text).forEach(line -> addLine(sentences, line));
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
    private static void addCode(List<Sentence> sentences, String code) {
        if (HAS_WORDS.matcher(code).matches()) {
            sentences.add(new Sentence(code.strip(), List.of()));
        }
    }

    /** What is wrong with its citations; null when nothing is. */
    String fault(List<Passage> given) {
        if (sentences.stream().allMatch(sentence -> sentence.citations().isEmpty())) {
            return "it cites no passage";
        }
        List<Integer> numbers = given.stream().map(Passage::citation).toList();
        Set<Integer> unknown = new TreeSet<>(cited);
        numbers.forEach(unknown::remove);
        return unknown.isEmpty()
                ? null
                : "it cites " + bracketed(unknown) + ", but the passages are " + bracketed(new TreeSet<>(numbers));
    }

    private static String bracketed(Set<Integer> numbers) {
        return numbers.stream().limit(20).map(number -> "[" + number + "]").collect(Collectors.joining(", "));
    }
}
