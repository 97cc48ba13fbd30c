package dev.tarn.jobs.options;

import picocli.CommandLine.Model.OptionSpec;

/**
 * An option, as documentation lists it.
 *
 * @param name the long name with its dashes
 * @param paramLabel what stands for its value, or empty for one without a value
 * @param defaultValue what it is when nobody says, or empty
 * @param description what it is for
 */
public record OptionDescription(String name, String paramLabel, String defaultValue, String description) {

    static OptionDescription of(OptionSpec option) {
        boolean hasValue = option.arity().max() > 0;
        return new OptionDescription(
                option.longestName(),
                hasValue ? option.paramLabel() : "",
                hasValue && option.defaultValue() != null ? option.defaultValue() : "",
                String.join(" ", option.description()));
    }
}
