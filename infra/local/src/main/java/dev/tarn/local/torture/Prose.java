package dev.tarn.local.torture;

import java.util.Random;
import java.util.StringJoiner;

/**
 * Paragraphs of made-up words. Each is a chunk of its own by the settings of the {@link Testbed}: it fits in one, and two of
 * them do not. So what chunks a document must have is known without the chunker.
 */
public final class Prose {
    public static final String BREAK = "\n\n";
    static final int CHUNK_TOKENS = 240;

    private static final int WORDS = 140;
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final int SYLLABLES = 2;

    private Prose() {}

    /** The paragraph of this number, the same on every machine. */
    public static String paragraph(long number) {
        Random random = new Random(number);
        StringJoiner words = new StringJoiner(" ");
        for (int i = 0; i < WORDS; i++) {
            words.add(word(random));
        }
        return words.toString();
    }

    /** A word is so short that it counts as one token by any estimate. */
    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < SYLLABLES; i++) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.toString();
    }
}
