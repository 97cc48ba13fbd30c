package dev.tarn.local.standin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns of phrase that tell what a question asks for, and what a sentence gives. */
final class Cues {
    private static final Pattern EXAMPLES_ASKED = Pattern.compile("(?i)\\b(examples?|instances?)\\b");
    private static final Pattern EXAMPLES_GIVEN =
            Pattern.compile("(?i)\\b(examples?|for instance|such as|e\\.g\\.|including|includes?)(?!\\w)");
    /** What a sentence or two don't answer. */
    private static final Pattern EXPLANATION_ASKED = Pattern.compile(
            "(?i)\\b(how(?!\\s+(many|much|long|large|big|old|fast|often))|why|explain|describe|compare|differences?|advantages?)\\b");
    /** A sentence that starts so is about what the sentence before it says. */
    private static final Pattern LEANS_BACK = Pattern.compile(
            "(?i)(it|its|they|their|these|those|this|that|he|she|such|both|however|therefore|thus|hence|instead|then"
                    + "|otherwise|consequently|as a result|for example|for instance|in contrast|the former|the latter"
                    + "|but|and|so|also|similarly|moreover|finally)\\b");

    private static final Pattern DEFINITION = Pattern.compile(
            "(?:An?|The) ((?:[\\p{L}\\p{N}-]+ ){0,2}[\\p{L}\\p{N}-]+) (?:of [^,.]{1,40} )?(?:is|means) (?:an?|the) ");

    private Cues() {}

    static boolean asksForExamples(String question) {
        return EXAMPLES_ASKED.matcher(question).find();
    }

    static boolean asksToExplain(String question) {
        return EXPLANATION_ASKED.matcher(question).find();
    }

    static boolean givesExamples(String sentence) {
        return EXAMPLES_GIVEN.matcher(sentence).find();
    }

    /** The short subject that a sentence says what it is; null where it does not. */
    static String defined(String sentence) {
        Matcher definition = DEFINITION.matcher(sentence);
        return definition.lookingAt() ? definition.group(1) : null;
    }

    static boolean leansBack(String sentence) {
        return LEANS_BACK.matcher(sentence).lookingAt();
    }
}
