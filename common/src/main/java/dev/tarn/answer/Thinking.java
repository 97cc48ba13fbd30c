package dev.tarn.answer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a model that reasons writes in tags before its answer. It is no part of that, for it claims and drops. */
final class Thinking {
    /** To the reply's end where it is not closed: then there is no answer. */
    private static final Pattern BLOCK = Pattern.compile("(?is)\\s*+<(think(?:ing)?)>.*?(?:</\\1>\\s*+|\\z)");

    private Thinking() {}

    static String without(String reply) {
        int from = 0;
        for (Matcher block = BLOCK.matcher(reply); block.lookingAt(); block.region(from, reply.length())) {
            from = block.end();
        }
        return reply.substring(from);
    }
}
