package dev.tarn.local.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question and its passages, read back from the text of {@link dev.tarn.question.Prompt}.
 *
 * <p>Text in a prompt has no raw {@code <}, so whatever starts with one is a tag, and a passage cannot forge it.
 */
record GroundedPrompt(String question, List<Passage> passages) {
    private static final Pattern PASSAGE =
            Pattern.compile("\\s*<passage number=\"(\\d{1,6})\" title=\"([^\"<]*+)\">([^<]*+)</passage>");
    private static final Pattern START = Pattern.compile("\\s*<passages>");
    private static final Pattern END = Pattern.compile("\\s*</passages>\\s*<question>([^<]*+)</question>\\s*");

    /**
     * @param number what cites it
     * @param title of its document
     * @param text Markdown
     */
    record Passage(int number, String title, String text) {}

    /** Nothing if the message has any other form. */
    static Optional<GroundedPrompt> parse(String message) {
        Matcher start = START.matcher(message);
        if (!start.lookingAt()) {
            return Optional.empty();
        }
        List<Passage> passages = new ArrayList<>();
        int at = start.end();
        Matcher passage = PASSAGE.matcher(message);
        while (passage.region(at, message.length()).lookingAt()) {
            passages.add(new Passage(
                    Integer.parseInt(passage.group(1)), unescape(passage.group(2)), unescape(passage.group(3))));
            at = passage.end();
        }
        Matcher end = END.matcher(message).region(at, message.length());
        return end.matches()
                ? Optional.of(new GroundedPrompt(unescape(end.group(1)).strip(), passages))
                : Optional.empty();
    }

    /** The ampersand last, so that an escaped escape stays text. */
    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
