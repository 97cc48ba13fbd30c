package dev.tarn.jobs.kafka;

import java.util.Map;

/** Kafkas that tests speak to. */
final class KafkaFixtures {
    /** One that nobody listens for, and that is given up soon. */
    static final KafkaSettings NOWHERE =
            new KafkaSettings("127.0.0.1:9", Map.of("default.api.timeout.ms", "300", "request.timeout.ms", "200"));

    private KafkaFixtures() {}
}
