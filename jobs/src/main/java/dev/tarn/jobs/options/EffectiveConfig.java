package dev.tarn.jobs.options;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Prints what every option came to, secrets redacted. */
final class EffectiveConfig {
    private static final Pattern USER_INFO = Pattern.compile("//.*@");
    private static final Pattern SECRET_KEY = Pattern.compile(".*(password|secret|token|credential|jaas|key).*");
    private static final String REDACTED = "******";

    private EffectiveConfig() {}

    static void print(CommandLine command, PrintWriter out) {
        command.getCommandSpec().options().stream()
                .filter(option -> !option.usageHelp()
                        && !option.hidden()
                        && option.arity().max() > 0)
                .sorted(Comparator.comparing(OptionSpec::longestName))
                .forEach(option -> out.println(option.longestName().substring(2) + "=" + show(option.getValue())));
    }

    private static String show(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> shown = new TreeMap<>();
            map.forEach((key, entry) -> shown.put(
                    String.valueOf(key),
                    SECRET_KEY
                                    .matcher(String.valueOf(key).toLowerCase(Locale.ROOT))
                                    .matches()
                            ? REDACTED
                            : redacted(String.valueOf(entry))));
            return String.join(
                    ",", shown.entrySet().stream().map(Object::toString).toList());
        }
        return value == null ? "" : redacted(value.toString());
    }

    /** The text without what could be a user and a password in an address. */
    static String redacted(String text) {
        return USER_INFO.matcher(text).replaceAll("//" + REDACTED + "@");
    }
}
