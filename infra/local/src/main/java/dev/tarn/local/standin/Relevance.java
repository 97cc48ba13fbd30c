package dev.tarn.local.standin;

import dev.tarn.local.standin.GroundedPrompt.Passage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether passages are about what a question asks. Vectors alone don't tell: a passage about Redis is near to each question
 * about Redis. So a name that no passage has ends it, and the other words of the question count beside the nearest sentence.
 * A long question without any name is taken for one in words of the asker's own, of which few need be in the passages.
 *
 * <p>The numbers are tuned on questions that the notes of the corpus answer and questions that they don't.
 */
final class Relevance {
    private static final double ENOUGH = 0.71;
    private static final double WORDS = 0.35;
    private static final double OWN_WORDS = 0.40;
    private static final int LONG = 5;
    private static final int BARE = 3;
    /** Sentences about something else stay under it, whatever words they share. */
    private static final double LEAST_COSINE = 0.30;

    private Relevance() {}

    /** @param nearest the cosine similarity of the question and the nearest sentence */
    static boolean isEnough(GroundedPrompt prompt, double nearest) {
        String held = prompt.passages().stream().map(Relevance::text).collect(Collectors.joining("\n"));
        List<String> names = Names.in(prompt.question());
        if (isLookedUp(prompt)) {
            return true;
        }
        if (nearest < LEAST_COSINE || names.stream().anyMatch(name -> !Names.isIn(held, name))) {
            return false;
        }
        Set<String> asked = Words.of(prompt.question());
        double share = share(asked, held);
        double together = prompt.passages().stream()
                .mapToDouble(passage -> share(asked, text(passage)))
                .max()
                .orElse(0);
        double ownWords = names.isEmpty() && asked.size() >= LONG ? OWN_WORDS : 0;
        return share == 1 || nearest + WORDS * (share + together) / 2 + ownWords >= ENOUGH;
    }

    /** A few bare words are no sentence, and a code says little to a vector: it is enough that a sentence has all of them. */
    private static boolean isLookedUp(GroundedPrompt prompt) {
        Set<String> asked = Words.of(prompt.question());
        return Words.count(prompt.question()) <= BARE
                && !asked.isEmpty()
                && prompt.passages().stream()
                        .flatMap(passage -> Sentences.of(passage.text()).stream())
                        .anyMatch(sentence -> Words.of(sentence).containsAll(asked));
    }

    private static double share(Set<String> asked, String text) {
        Set<String> found = new HashSet<>(asked);
        found.retainAll(Words.of(text));
        return asked.isEmpty() ? 0 : (double) found.size() / asked.size();
    }

    private static String text(Passage passage) {
        return passage.title() + "\n" + passage.text();
    }
}
