package dev.tarn.jobs.query;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a cosine similarity. */
final class Cosine implements ITypeConverter<Double> {

    @Override
    public Double convert(String value) {
        try {
            double cosine = Double.parseDouble(value);
            if (cosine >= -1 && cosine <= 1) {
                return cosine;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new TypeConversionException("'" + value + "' is not a number from -1 to 1");
    }
}
