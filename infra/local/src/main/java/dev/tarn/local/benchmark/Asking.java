package dev.tarn.local.benchmark;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.json.Json;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.question.Answer;
import dev.tarn.question.Question;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Asks questions over the topics, some at once, and tells what each answer took beyond the work of its parts. */
final class Asking implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);

    private final KafkaOptions kafka;
    private final Publisher publisher;
    private final TopicReader reader;

    Asking(KafkaOptions kafka) {
        this.kafka = kafka;
        publisher = new Publisher(kafka.settings());
        reader = TopicReader.fromNow(kafka.settings(), List.of(kafka.answersTopic, kafka.questionsDlqTopic()));
    }

    /**
     * What one answer took, in milliseconds.
     *
     * @param inJob between arrival and answer in the job, beyond embedding, search, generation and check
     * @param legs from publishing to reading the answer, beyond the time in the job
     * @param embedding of the question
     * @param retrieval of its passages, their ranking included
     * @param generation of the answer
     * @param check of the answer, which the embedding model is asked for where it is no quotation
     * @param whole from publishing to reading the answer
     */
    record Taken(
            double inJob,
            double legs,
            double embedding,
            double retrieval,
            double generation,
            double check,
            double whole) {
        static Taken of(double whole, Answer.Timings timings) {
            return new Taken(
                    timings.totalMs()
                            - timings.embedMs()
                            - timings.retrieveMs()
                            - timings.generateMs()
                            - timings.checkMs(),
                    whole - timings.totalMs(),
                    timings.embedMs(),
                    timings.retrieveMs(),
                    timings.generateMs(),
                    timings.checkMs(),
                    whole);
        }

        double added() {
            return inJob + legs;
        }
    }

    /**
     * Asks all of them.
     *
     * @param inFlight how many wait for an answer at once
     * @throws IllegalStateException when one is refused or fails, or no answer comes
     */
    List<Taken> ask(List<Question> questions, int inFlight, IntConsumer progress) {
        List<Taken> taken = new ArrayList<>();
        Map<String, Long> sent = new HashMap<>();
        Iterator<Question> rest = questions.iterator();
        long heard = System.nanoTime();
        while (rest.hasNext() || !sent.isEmpty()) {
            while (rest.hasNext() && sent.size() < inFlight) {
                Question question = rest.next();
                sent.put(question.id(), System.nanoTime());
                publisher.send(kafka.questionsTopic, question.id(), Json.write(question), metadata -> {});
            }
            List<ConsumerRecord<byte[], byte[]>> records = reader.poll(POLL);
            long now = System.nanoTime();
            for (ConsumerRecord<byte[], byte[]> record : records) {
                Long start = sent.remove(new String(record.key(), StandardCharsets.UTF_8));
                if (start != null) {
                    heard = now;
                    taken.add(Taken.of((now - start) / 1e6, answer(record).timings()));
                    progress.accept(taken.size());
                }
            }
            if (System.nanoTime() - heard > PATIENCE.toNanos()) {
                throw new IllegalStateException("no answer came within " + PATIENCE.toSeconds() + " s");
            }
        }
        return taken;
    }

    private Answer answer(ConsumerRecord<byte[], byte[]> record) {
        if (!record.topic().equals(kafka.answersTopic)) {
            throw new IllegalStateException("a question was refused");
        }
        Answer answer = Json.read(record.value(), Answer.class);
        if (answer.status() == Answer.Status.FAILED) {
            throw new IllegalStateException("a question failed: " + answer.error());
        }
        return answer;
    }

    @Override
    public void close() {
        reader.close();
        publisher.close();
    }
}
