package dev.tarn.jobs.query;

import dev.tarn.retrieval.Mode;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code dense} and {@code hybrid}. */
final class ModeConverter implements ITypeConverter<Mode> {

    @Override
    public Mode convert(String value) {
        try {
            return Mode.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is neither dense nor hybrid");
        }
    }
}
