package dev.tarn.jobs.options;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number that is not too small. */
abstract class WholeNumber implements ITypeConverter<Integer> {
    private final int least;

    WholeNumber(int least) {
        this.least = least;
    }

    @Override
    public final Integer convert(String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + value + "' is not a whole number from " + least + " up");
    }
}
