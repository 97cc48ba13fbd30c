package dev.tarn.local.evaluate;

/** Phrases that a right answer has. */
final class Facts {
    private Facts() {}

    /** The share of a question's facts that stand in a text word by word; blanks and marks of emphasis don't count. */
    static double share(TestQuestion question, String text) {
        String plain = plain(text);
        long found = question.facts().stream()
                .filter(fact -> plain.contains(plain(fact)))
                .count();
        return (double) found / question.facts().size();
    }

    private static String plain(String text) {
        return text.replaceAll("[*`_]", "").replaceAll("\\s+", " ");
    }
}
