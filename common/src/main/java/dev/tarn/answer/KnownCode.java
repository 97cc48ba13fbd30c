package dev.tarn.answer;

import dev.tarn.question.Passage;
import dev.tarn.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reply whose code is put aside where a passage that was given has just the same. Only what every reader of Markdown takes
 * for code is: where a backtick or a fence is left over, or a comment could hide one, code may end elsewhere, and none is.
 *
 * @param rest the reply with one character, which no visible text has, in place of each piece
 * @param pieces with their backticks
 */
record KnownCode(String rest, List<String> pieces) {
    private static final char FIRST = '\uE000';
    private static final int MOST = 6_400;

    private static final Pattern CODE =
            Pattern.compile("(?m:^[ ]{0,3})(?<fence>`{3,}+|~{3,}+)[\\w+#.-]*+[ \\t]*+\\R(?<block>(?s:.*?))"
                    + "(?m:^[ ]{0,3})\\k<fence>[ \\t]*+(?=\\R|\\z)|(?<![`\\\\])`(?!`)(?<span>[^`\\r\\n]+)`(?!`)");

    private static final Pattern LEFT_OVER = Pattern.compile("`|~~~");
    private static final Pattern COMMENT = Pattern.compile("<[!?]");

    static KnownCode in(String reply, List<Passage> given) {
        List<String> texts = given.stream()
                .map(passage -> unix(VisibleText.of(passage.text())))
                .toList();
        List<String> pieces = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        Matcher code = CODE.matcher(reply);
        while (code.find() && pieces.size() < MOST) {
            String content = code.group("span") == null ? code.group("block").strip() : code.group("span");
            if (texts.stream().anyMatch(text -> text.contains(unix(content)))) {
                code.appendReplacement(rest, String.valueOf((char) (FIRST + pieces.size())));
                pieces.add(code.group());
            }
        }
        code.appendTail(rest);
        boolean isDoubtful = LEFT_OVER.matcher(code.replaceAll("")).find()
                || COMMENT.matcher(rest).find();
        return isDoubtful ? new KnownCode(reply, List.of()) : new KnownCode(rest.toString(), pieces);
    }

    /** What was made of the rest, with the code in its place again. */
    String backIn(String made) {
        StringBuilder whole = new StringBuilder();
        made.chars()
                .forEach(c -> whole.append(
                        c >= FIRST && c < FIRST + pieces.size() ? pieces.get(c - FIRST) : String.valueOf((char) c)));
        return whole.toString();
    }

    private static String unix(String text) {
        return text.replace("\r\n", "\n");
    }
}
