package dev.tarn.local.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The prose of a Markdown text: its paragraphs and list items, without headings, code, tables and marks. */
final class Markdown {
    private static final Pattern LINE_BREAK = Pattern.compile("\\R");
    private static final Pattern FENCE = Pattern.compile("\\s{0,3}(```|~~~).*");
    private static final Pattern HEADING = Pattern.compile("\\s{0,3}#{1,6}(\\s.*)?");
    private static final Pattern RULE = Pattern.compile("[-=*_\\s]{3,}");
    private static final Pattern TABLE = Pattern.compile("\\s*\\|.*|.*\\|\\s*|[-:|\\s]+");
    private static final Pattern REFERENCE = Pattern.compile("\\s{0,3}\\[[^]]+]:\\s.*");
    private static final Pattern QUOTE = Pattern.compile("^\\s*>[>\\s]*");
    private static final Pattern ITEM = Pattern.compile("^\\s*([-*+]|\\d{1,9}[.)])\\s+(\\[[ xX]]\\s+)?");
    private static final Pattern CODE = Pattern.compile("(`+)(.+?)\\1");
    private static final Pattern FRONT_MATTER =
            Pattern.compile("\\A\\s*---\\R(?:([\\w-]+:|[ \\t#-])[^\\n]*\\R){0,100}?---(\\R|\\z)");

    private Markdown() {}

    /**
     * @param text on one line, without marks
     * @param item whether it is a list item, which need not be a whole sentence
     * @param leads whether a table, code or a list follows
     */
    record Paragraph(String text, boolean item, boolean leads) {

        Paragraph leading() {
            return new Paragraph(text, item, true);
        }
    }

    static List<Paragraph> paragraphs(String markdown) {
        List<Paragraph> paragraphs = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        boolean item = false;
        boolean code = false;
        for (String raw : LINE_BREAK.split(FRONT_MATTER.matcher(markdown).replaceFirst(""), -1)) {
            String line = QUOTE.matcher(raw).replaceFirst("");
            boolean startsItem =
                    ITEM.matcher(line).find() && !RULE.matcher(line).matches();
            boolean breaks = isNoProse(line);
            if (breaks || startsItem || code) {
                add(paragraphs, open, item);
                item = startsItem;
            }
            if (startsItem || follows(line)) {
                markLast(paragraphs);
            }
            code ^= FENCE.matcher(line).matches();
            if (!breaks && !code) {
                open.append(ITEM.matcher(line).replaceFirst("").strip()).append(' ');
            }
        }
        add(paragraphs, open, item);
        return paragraphs;
    }

    private static boolean isNoProse(String line) {
        return line.isBlank()
                || FENCE.matcher(line).matches()
                || HEADING.matcher(line).matches()
                || RULE.matcher(line).matches()
                || TABLE.matcher(line).matches()
                || REFERENCE.matcher(line).matches();
    }

    private static void add(List<Paragraph> paragraphs, StringBuilder open, boolean item) {
        String text = plain(open.toString()).strip();
        open.setLength(0);
        if (!text.isEmpty()) {
            paragraphs.add(new Paragraph(text, item, false));
        }
    }

    private static boolean follows(String line) {
        return FENCE.matcher(line).matches()
                || line.indexOf('|') >= 0 && TABLE.matcher(line).matches();
    }

    private static void markLast(List<Paragraph> paragraphs) {
        int last = paragraphs.size() - 1;
        if (last >= 0 && !paragraphs.get(last).item()) {
            paragraphs.set(last, paragraphs.get(last).leading());
        }
    }

    /** A line without its inline marks; what is in backticks stays as it is written. */
    static String plain(String line) {
        StringBuilder plain = new StringBuilder();
        int from = 0;
        for (var code = CODE.matcher(line); code.find(); from = code.end()) {
            plain.append(unmarked(line.substring(from, code.start()))).append(code.group(2));
        }
        return plain.append(unmarked(line.substring(from))).toString().replaceAll("\\s+", " ");
    }

    private static String unmarked(String text) {
        return text.replaceAll("<!--.*?-->|</?[a-z][a-z0-9-]*(\\s[^<>]*)?/?>", "")
                .replaceAll("!\\[[^]]*]\\([^)]*\\)|\\[\\^[^]]*]", "")
                .replaceAll("\\[([^]]+)](\\([^)]*\\)|\\[[^]]*])", "$1")
                .replaceAll("(?<!\\\\)\\*{1,3}(?=\\S)(.+?)(?<=[^\\s\\\\])\\*{1,3}|~~(.+?)~~", "$1$2")
                .replaceAll("(?<!\\w)_{1,3}(?=\\S)(.+?)(?<=\\S)_{1,3}(?!\\w)", "$1")
                .replaceAll("\\\\([\\\\`*_{}\\[\\]()#+.!|>~-])", "$1");
    }
}
