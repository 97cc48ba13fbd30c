package dev.tarn.jobs.options;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how long a call may take. */
public final class Timeout implements ITypeConverter<Duration> {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    @Override
    public Duration convert(String value) {
        try {
            Duration timeout = Duration.parse(value);
            if (timeout.compareTo(SHORTEST) >= 0 && timeout.compareTo(LONGEST) <= 0) {
                return timeout;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new TypeConversionException("'" + value + "' is not a duration up to a day, such as PT5S");
    }
}
