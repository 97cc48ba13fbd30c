package dev.tarn.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text, and all without which they can say something else: signs, operators, what joins digits to a number, and
 * question marks. Case, other punctuation, quotes, Markdown's marks and dashes between words are no part of it.
 */
public final class Wording {
    /** A star that multiplies; others are marks. */
    private static final Pattern TIMES =
            Pattern.compile("(?<=[\\p{L}\\p{N})])\\*(?=[\\p{L}\\p{N}])|(?<=\\S[ \\t])\\*(?=[ \\t])");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?=\\p{Punct})");
    private static final String MARK = "[*_`\"'\u2018\u2019\u201c\u201d]";
    /** Marks around words; within one they part it. */
    private static final Pattern MARKS =
            Pattern.compile("(?<![\\p{L}\\p{N}])" + MARK + "|" + MARK + "(?![\\p{L}\\p{N}])");

    private static final String DASHES = "\\-\u2010-\u2014\u2212";
    private static final String WORD = "[\\p{L}\\p{N}]";
    private static final Pattern TOKEN =
            Pattern.compile(WORD + "+(?:(?<=\\p{N})[.,:" + DASHES + "](?=\\p{N})" + WORD + "+)*+" // 1.5, 3-4
                    + "|(?<![\\p{L}\\p{N}" + DASHES
                    + "])(?:[-\u2212](?=[\\p{L}\\p{N}\\p{Sc}.(|\u221A\u221E])|\u2013(?=\\p{N}))" // -1
                    + "|(?<![\\p{L}\\p{N}.])\\.(?=\\p{N})" // .5
                    + "|!(?==)|(?<![\\p{L}\\p{N})\\]?!])!(?=[\\p{L}\\p{N}(])" // != and !a
                    + "|(?<=\\p{L})#" // C#
                    + "|(?<![~\\p{L}\\p{N}])~(?=\\p{N})" // ~5
                    + "|[?\uFF1F\u061F]"
                    + "|[\\p{Sm}\\p{Sc}%\u2030^&/&&[^|~]]");

    private static final Pattern DASH = Pattern.compile("[" + DASHES + "]");

    private Wording() {}

    /** In lower case, with a space before each part and one after the last. */
    public static String of(String text) {
        String composed = Normalizer.normalize(VisibleText.of(text), Normalizer.Form.NFC);
        String plain = ESCAPE.matcher(composed.toLowerCase(Locale.ROOT)).replaceAll("");
        String unmarked =
                MARKS.matcher(TIMES.matcher(plain).replaceAll("\u00D7")).replaceAll("");
        StringBuilder wording = new StringBuilder(" ");
        for (Matcher token = TOKEN.matcher(unmarked); token.find(); ) {
            wording.append(DASH.matcher(token.group()).replaceAll("-")).append(' ');
        }
        return wording.toString();
    }
}
