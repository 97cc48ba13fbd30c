package dev.tarn.testing;

import dev.tarn.question.Prompt;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replies with the first sentence of the first passage in the prompt, and cites it. */
final class PassageReply implements Function<List<FakeOllama.Message>, String> {
    private static final Pattern FIRST_PASSAGE =
            Pattern.compile("<passage number=\"(\\d+)\"[^>]*>\\s*(.*?)\\s*</passage>", Pattern.DOTALL);
    private static final Pattern FIRST_SENTENCE = Pattern.compile("^.*?[.!?](?=\\s|$)", Pattern.DOTALL);

    @Override
    public String apply(List<FakeOllama.Message> messages) {
        Matcher passage =
                FIRST_PASSAGE.matcher(messages.get(messages.size() - 1).content());
        if (!passage.find()) {
            return Prompt.NO_ANSWER;
        }
        String text = unescape(passage.group(2));
        Matcher sentence = FIRST_SENTENCE.matcher(text);
        return (sentence.find() ? sentence.group() : text) + " [" + passage.group(1) + "]";
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }
}
