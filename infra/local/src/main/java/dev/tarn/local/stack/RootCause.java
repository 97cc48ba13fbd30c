package dev.tarn.local.stack;

import java.util.regex.Pattern;

/** Finds, in a printed stack trace, what the innermost exception says. */
final class RootCause {

    private static final Pattern CAUSED_BY = Pattern.compile("^Caused by: ", Pattern.MULTILINE);
    private static final Pattern FRAMES = Pattern.compile("\\R\\t.*", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("^(?:[\\w$]+\\.)+[\\w$]+: ");

    private RootCause() {}

    /** Its message, or its class where it has none; a text that is no trace is returned as it is. */
    static String of(String trace) {
        String last = CAUSED_BY.splitAsStream(trace).reduce(trace, (outer, inner) -> inner);
        String innermost = FRAMES.matcher(last).replaceFirst("");
        return CLASS_NAME.matcher(innermost).replaceFirst("").strip();
    }
}
