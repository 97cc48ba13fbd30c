package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class StackRestartTest {

    private static final String TOPIC = "lakes";

    @Test
    void theNextStackHasWhatTheLastOneKeptAndNoProcessOfIt(@TempDir Path data) throws Exception {
        try (FakeServer fake = new FakeServer()) {
            StackSettings settings =
                    Stacks.settings(data).withGiven(new Endpoints(null, null, fake.http(), fake.http()));

            Set<ProcessHandle> before = Stacks.childProcesses();
            try (Stack first = Stacks.start(settings)) {
                assertThat(Stacks.childProcesses())
                        .filteredOn(child -> !before.contains(child))
                        .hasSize(2);
                keep(first.endpoints());
            }
            assertThat(Stacks.childProcesses()).isSubsetOf(before);
            assertThat(new DataFolder(data).endpoints()).isEmpty();

            try (Stack second = Stacks.start(settings)) {
                assertThat(recordsIn(second.endpoints())).containsExactly("tarn");
                assertThat(keyIn(second.endpoints())).contains("tarn");
            }
        }
    }

    @Test
    void aCleanedFolderStartsEmptyButForeignFilesStay(@TempDir Path data) throws IOException {
        Path foreign = data.resolve("notes.txt");
        try (FakeServer fake = new FakeServer()) {
            StackSettings settings =
                    Stacks.settings(data).withGiven(new Endpoints(fake.kafka(), null, fake.http(), fake.http()));
            try (Stack first = Stacks.start(settings);
                    Jedis redis = new Jedis(first.endpoints().redis())) {
                redis.set(TOPIC, "tarn");
            }
            Files.createFile(foreign);

            new DataFolder(data).clean();

            assertThat(foreign).exists();
            try (Stack second = Stacks.start(settings)) {
                assertThat(keyIn(second.endpoints())).isEmpty();
            }
        }
    }

    private static void keep(Endpoints endpoints) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", endpoints.kafka()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", endpoints.kafka()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", "tarn")).get();
        }
        try (Jedis redis = new Jedis(endpoints.redis())) {
            redis.set(TOPIC, "tarn");
        }
    }

    private static List<String> recordsIn(Endpoints endpoints) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", endpoints.kafka(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            ConsumerRecords<String, String> records =
                    Awaitility.await().until(() -> consumer.poll(Duration.ofSeconds(1)), found -> !found.isEmpty());
            return records.records(new TopicPartition(TOPIC, 0)).stream()
                    .map(ConsumerRecord::value)
                    .toList();
        }
    }

    private static Optional<String> keyIn(Endpoints endpoints) {
        try (Jedis redis = new Jedis(endpoints.redis())) {
            return Optional.ofNullable(redis.get(TOPIC));
        }
    }
}
