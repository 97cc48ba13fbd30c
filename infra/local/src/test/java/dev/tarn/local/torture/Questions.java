package dev.tarn.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.json.Json;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.question.Answer;
import dev.tarn.question.Filter;
import dev.tarn.question.Question;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Questions about what the workload writes, each with an id of its own, and what became of them. */
final class Questions implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final double ANY_SCORE = -1;

    private final KafkaOptions kafka;
    private final Publisher publisher;
    private final TopicReader reader;
    private final Set<String> asked = new HashSet<>();
    private final Set<String> answered = new HashSet<>();

    /** @param kafka with topics that are there */
    Questions(KafkaOptions kafka) {
        this.kafka = kafka;
        publisher = new Publisher(kafka.settings());
        reader = TopicReader.fromNow(kafka.settings(), List.of(kafka.answersTopic, kafka.questionsDlqTopic()));
    }

    /** Asks so many at once, and returns when Kafka has them. */
    void ask(int count) {
        for (int i = 0; i < count; i++) {
            String id = "live-" + asked.size();
            Question question =
                    new Question(id, Prose.paragraph(asked.size()), "default", null, Filter.NONE, ANY_SCORE);
            asked.add(id);
            publisher.send(kafka.questionsTopic, id, Json.write(question), sent -> {});
        }
        publisher.flush();
    }

    /** The ids of those that have no answer yet. */
    Set<String> unanswered() {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
            String id = new String(record.key(), UTF_8);
            assertThat(record.topic()).as("what became of %s", id).isEqualTo(kafka.answersTopic);
            if (asked.contains(id)) {
                Answer answer = Json.read(record.value(), Answer.class);
                assertThat(answer.status()).as(id).isEqualTo(Answer.Status.ANSWERED);
                answered.add(id);
            }
        }
        Set<String> unanswered = new HashSet<>(asked);
        unanswered.removeAll(answered);
        return unanswered;
    }

    /** Requires that each that was ever asked is answered before long. */
    void requireAnswers(String when) {
        long deadline = System.nanoTime() + LiveJob.LIMIT.toNanos();
        Set<String> unanswered = unanswered();
        while (!unanswered.isEmpty() && System.nanoTime() - deadline < 0) {
            unanswered = unanswered();
        }
        assertThat(unanswered).as("%s: questions without an answer", when).isEmpty();
    }

    @Override
    public void close() {
        reader.close();
        publisher.close();
    }
}
