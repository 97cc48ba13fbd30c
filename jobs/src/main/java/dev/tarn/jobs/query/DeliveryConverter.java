package dev.tarn.jobs.query;

import dev.tarn.jobs.kafka.KafkaEnds;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code at-least-once} and {@code exactly-once}. */
final class DeliveryConverter implements ITypeConverter<KafkaEnds.Delivery> {

    @Override
    public KafkaEnds.Delivery convert(String value) {
        return KafkaEnds.Delivery.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
