package dev.tarn.local.topics;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.json.Json;
import dev.tarn.question.Answer;
import dev.tarn.question.Question;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Asks questions over the topics, and hears the answers. */
public final class Conversation implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaOptions kafka;
    private final Publisher publisher;
    private final TopicReader reader;

    public Conversation(KafkaOptions kafka) {
        this.kafka = kafka;
        publisher = new Publisher(kafka.settings());
        reader = TopicReader.fromNow(kafka.settings(), List.of(kafka.answersTopic, kafka.questionsDlqTopic()));
    }

    /**
     * Asks and waits.
     *
     * @return the answer, or empty when the time was up
     * @throws IllegalArgumentException when the question came back as a dead letter; the message says why
     */
    public Optional<Answer> ask(Question question, Duration patience) {
        byte[] key = question.id().getBytes(StandardCharsets.UTF_8);
        publisher.send(kafka.questionsTopic, question.id(), Json.write(question), sent -> {});
        publisher.flush();
        long start = System.nanoTime();
        while (System.nanoTime() - start < patience.toNanos()) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (Arrays.equals(key, record.key())) {
                    if (record.topic().equals(kafka.answersTopic)) {
                        return Optional.of(Json.read(record.value(), Answer.class));
                    }
                    throw new IllegalArgumentException(new String(
                            record.headers().lastHeader(DeadLetter.REASON).value(), StandardCharsets.UTF_8));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        reader.close();
        publisher.close();
    }
}
