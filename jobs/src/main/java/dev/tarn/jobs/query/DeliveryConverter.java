package dev.tarn.jobs.query;

import dev.tarn.jobs.kafka.KafkaEnds;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code at-least-once} and {@code exactly-once}. */
final class DeliveryConverter implements ITypeConverter<KafkaEnds.Delivery> {

    @Override
    public KafkaEnds.Delivery convert(String value) {
        try {
            return KafkaEnds.Delivery.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + value + "' is neither at-least-once nor exactly-once");
        }
    }
}
