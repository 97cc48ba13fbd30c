package dev.tarn.text;

/**
 * Fenced blocks of code in Markdown, as models write it.
 *
 * @see <a href="https://spec.commonmark.org/0.31.2/#fenced-code-blocks">CommonMark</a>, where nothing may stand behind a closing
 *     fence; models put a citation there
 */
public final class CodeBlocks {
    /** A block, to the text's end where it is not closed: its {@code fence} and its {@code code}. */
    public static final String PATTERN =
            "(?m:^[ ]{0,3})(?<fence>`{3,}+(?![^\\r\\n]*`)|~{3,}+)[^\\r\\n]*+(?<code>(?s:.*?))"
                    + "(?:(?m:^[ ]{0,3})\\k<fence>[`~]*+(?![\\p{L}\\p{N}])|\\z)";

    private CodeBlocks() {}
}
