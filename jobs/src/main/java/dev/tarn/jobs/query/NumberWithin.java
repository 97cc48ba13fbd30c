package dev.tarn.jobs.query;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number between two bounds, both among them. */
abstract class NumberWithin implements ITypeConverter<Double> {
    private final double least;
    private final double most;

    NumberWithin(double least, double most) {
        this.least = least;
        this.most = most;
    }

    @Override
    public Double convert(String value) {
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + value + "' is not a number from " + text(least) + " to " + text(most));
    }

    private static String text(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
