package dev.tarn.local.benchmark;

import dev.tarn.answer.Sentences;
import dev.tarn.local.torture.Prose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * Texts like the given ones, as many as it takes: their sentences, dealt out anew. What is no prose stays where it is. So no two
 * are near-copies of each other, which an index of real documents does not hold by the hundred.
 */
final class SentenceDeck {
    private static final String BREAK = "\n\n";
    private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\\R\\s*\\R");

    private final List<List<Paragraph>> texts;
    private final List<String> sentences = new ArrayList<>();

    SentenceDeck(List<String> texts) {
        this.texts = texts.stream().map(this::paragraphs).toList();
    }

    /**
     * @param fixed what is no prose, or null
     * @param sentences how many there is room for
     */
    private record Paragraph(String fixed, int sentences) {}

    private List<Paragraph> paragraphs(String text) {
        List<Paragraph> paragraphs = new ArrayList<>();
        for (String paragraph : BETWEEN_PARAGRAPHS.split(text, -1)) {
            if (paragraph.isEmpty() || !Character.isLetter(paragraph.codePointAt(0))) {
                paragraphs.add(new Paragraph(paragraph, 0));
            } else {
                List<String> found = Sentences.of(paragraph);
                sentences.addAll(found);
                paragraphs.add(new Paragraph(null, found.size()));
            }
        }
        return paragraphs;
    }

    /** As many texts as were given, each with as many sentences as the one in its place. */
    List<String> deal(Random random) {
        List<String> shuffled = new ArrayList<>(sentences);
        Collections.shuffle(shuffled, random);
        Iterator<String> next = shuffled.iterator();
        return texts.stream().map(paragraphs -> text(paragraphs, next)).toList();
    }

    private static String text(List<Paragraph> paragraphs, Iterator<String> next) {
        StringJoiner text = new StringJoiner(BREAK);
        for (Paragraph paragraph : paragraphs) {
            StringJoiner dealt = new StringJoiner(" ");
            for (int i = 0; i < paragraph.sentences(); i++) {
                dealt.add(next.next());
            }
            text.add(paragraph.fixed() == null ? dealt.toString() : paragraph.fixed());
        }
        return text.toString();
    }

    /** A short note of some of the sentences, cut to so many letters. */
    String note(Random random, int letters) {
        StringBuilder note = new StringBuilder(sentences.isEmpty() ? Prose.paragraph(random.nextLong()) : "");
        while (note.length() < letters) {
            note.append(note.isEmpty() ? "" : " ").append(sentences.get(random.nextInt(sentences.size())));
        }
        return note.substring(0, letters).strip();
    }
}
