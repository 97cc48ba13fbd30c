package dev.tarn.local.benchmark.report;

import java.util.List;
import java.util.Locale;

/** An SVG document that grows element by element. Whatever text it is given is escaped. */
final class Svg {
    static final List<String> COLORS = List.of("#2f6f9f", "#c8662b", "#4b8f57", "#8a5a9e", "#8c8c3c", "#777777");
    static final String INK = "#222222";
    static final String FAINT = "#dddddd";

    private final StringBuilder out = new StringBuilder();

    Svg(int width, int height) {
        out.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n"
                        + "<rect width=\"%1$d\" height=\"%2$d\" fill=\"#ffffff\"/>%n",
                width,
                height));
    }

    /** Where a text is held: at its start, middle or end. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void text(double x, double y, Anchor anchor, String text) {
        text(x, y, anchor, 12, text);
    }

    void text(double x, double y, Anchor anchor, int size, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\">%s</text>%n",
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                size,
                INK,
                escape(text)));
    }

    void line(double x1, double y1, double x2, double y2, String color, double width) {
        out.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2,
                color,
                width));
    }

    void rectangle(double x, double y, double width, double height, String color) {
        out.append(String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                Math.max(0, width),
                Math.max(0, height),
                color));
    }

    void dot(double x, double y, String color) {
        out.append(
                String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>%n", x, y, color));
    }

    /** The whole document. Nothing may be added after it. */
    String end() {
        return out.append("</svg>").append(System.lineSeparator()).toString();
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return escaped.toString();
    }
}
