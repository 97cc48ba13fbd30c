package dev.tarn.local.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Documents that are created, changed, published again unchanged, and deleted, at random but the same for the same seed.
 *
 * <p>A third of the keys carry explicit versions. An older version of those comes again now and then, as from a producer
 * that is late; never after a delete, which no version orders.
 */
public final class Workload implements AutoCloseable {
    static final int KEYS = 200;
    private static final int VERSIONED = 3;
    private static final int MOST_PARAGRAPHS = 6;
    private static final Duration FLUSH_LIMIT = Duration.ofMinutes(2);

    private final String topic;
    private final Random random;
    private final History history;
    private final Properties properties = new Properties();
    private final Set<String> deleted = new HashSet<>();
    private final Map<String, Integer> oldestToRepeat = new HashMap<>();
    private final Map<Change, Integer> done = new EnumMap<>(Change.class);
    private volatile KafkaProducer<String, byte[]> producer;
    private boolean still;
    private long paragraphs;
    private Thread thread;
    private volatile boolean running;
    private volatile Exception failure;

    /** What can happen to a document. */
    public enum Change {
        CREATED,
        GROWN,
        SHRUNK,
        REWRITTEN,
        TAGGED,
        REPUBLISHED,
        REPEATED,
        DELETED
    }

    /** @param kafka bootstrap servers */
    Workload(String kafka, String topic, long seed, History history) {
        this.topic = topic;
        this.random = new Random(seed);
        this.history = history;
        properties.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Long.toString(FLUSH_LIMIT.toMillis()));
        properties.setProperty(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        properties.setProperty(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "500");
        properties.setProperty(ProducerConfig.METADATA_MAX_AGE_CONFIG, "500"); // finds partitions that are added
        properties.setProperty(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.toString(FLUSH_LIMIT.toMillis()));
        producer = newProducer();
    }

    private KafkaProducer<String, byte[]> newProducer() {
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Makes no changes until it goes on, and leaves none under way: a producer keeps what it has for a partition that does not
     * come back until it gives up.
     */
    synchronized void standStill() {
        still = true;
        producer.flush();
    }

    /**
     * Goes on with a producer that has yet to learn which partitions there are. A revision that only an earlier topic had is
     * not repeated: it would be the latest of this one.
     */
    synchronized void goOn() {
        oldestToRepeat.replaceAll((key, oldest) -> history.latest(key).number());
        producer.close();
        producer = newProducer();
        still = false;
    }

    /** Makes changes until it is stopped. */
    void start(int changesPerSecond) {
        running = true;
        long pauseNanos = TimeUnit.SECONDS.toNanos(1) / changesPerSecond;
        thread = new Thread(
                () -> {
                    while (running) {
                        change();
                        pause(pauseNanos);
                    }
                },
                "workload");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns when Kafka has all changes that were made.
     *
     * @throws IllegalStateException if Kafka did not take one
     */
    void stop() {
        running = false;
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.flush();
        if (failure != null) {
            throw new IllegalStateException("Kafka did not take a record", failure);
        }
    }

    /** Makes that many changes at once. */
    void burst(int changes) {
        for (int i = 0; i < changes; i++) {
            change();
        }
        producer.flush();
    }

    /** How often each kind of change was made so far. */
    synchronized Map<Change, Integer> done() {
        return new EnumMap<>(done);
    }

    private synchronized void change() {
        if (still) {
            return;
        }
        String key = "lake-" + random.nextInt(KEYS);
        Revision latest = history.latest(key);
        if (latest == null || deleted.contains(key)) {
            create(key, latest);
            return;
        }
        int kind = random.nextInt(100);
        if (kind < 25) {
            revise(Change.GROWN, latest, grown(latest), latest.mood());
        } else if (kind < 45) {
            revise(Change.SHRUNK, latest, shrunk(latest), latest.mood());
        } else if (kind < 65) {
            revise(Change.REWRITTEN, latest, rewritten(latest), latest.mood());
        } else if (kind < 75) {
            revise(Change.TAGGED, latest, latest.paragraphs(), latest.mood() + 1);
        } else if (kind < 83) {
            send(Change.REPUBLISHED, key, latest.json());
        } else if (kind < 90) {
            repeat(latest);
        } else {
            deleted.add(key);
            send(Change.DELETED, key, null);
        }
    }

    private void create(String key, Revision before) {
        deleted.remove(key);
        List<Long> written = new ArrayList<>();
        for (int count = 1 + random.nextInt(MOST_PARAGRAPHS); written.size() < count; ) {
            written.add(newParagraph());
        }
        int number = before == null ? 0 : before.number() + 1;
        oldestToRepeat.put(key, number);
        publish(Change.CREATED, new Revision(key, number, version(key, number), 0, written));
    }

    private void revise(Change change, Revision latest, List<Long> paragraphs, int mood) {
        int number = latest.number() + 1;
        publish(change, new Revision(latest.key(), number, version(latest.key(), number), mood, paragraphs));
    }

    /** An older revision comes once more, which must change nothing; keys without versions repeat the latest. */
    private void repeat(Revision latest) {
        int oldest = latest.version() == null ? latest.number() : oldestToRepeat.get(latest.key());
        int number = oldest + random.nextInt(latest.number() - oldest + 1);
        send(Change.REPEATED, latest.key(), history.get(latest.key(), number).json());
    }

    private void publish(Change change, Revision revision) {
        history.add(revision);
        send(change, revision.key(), revision.json());
    }

    private void send(Change change, String key, byte[] value) {
        done.merge(change, 1, Integer::sum);
        var unused = producer.send(new ProducerRecord<>(topic, key, value), (metadata, exception) -> {
            if (exception != null) {
                failure = exception;
            }
        });
    }

    private List<Long> grown(Revision latest) {
        List<Long> more = new ArrayList<>(latest.paragraphs());
        more.add(random.nextInt(more.size() + 1), newParagraph());
        return more;
    }

    private List<Long> shrunk(Revision latest) {
        List<Long> fewer = new ArrayList<>(latest.paragraphs());
        if (fewer.size() == 1) {
            return List.of(newParagraph());
        }
        fewer.remove(random.nextInt(fewer.size()));
        return fewer;
    }

    private List<Long> rewritten(Revision latest) {
        List<Long> other = new ArrayList<>(latest.paragraphs());
        other.set(random.nextInt(other.size()), newParagraph());
        return other;
    }

    private long newParagraph() {
        return paragraphs++;
    }

    private static Long version(String key, int number) {
        return Math.floorMod(key.hashCode(), VERSIONED) == 0 ? Long.valueOf(10L + number) : null;
    }

    private static void pause(long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        running = false;
        producer.close(Duration.ofSeconds(5));
    }
}
