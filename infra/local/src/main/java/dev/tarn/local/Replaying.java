package dev.tarn.local;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.deadletter.Replay;
import dev.tarn.index.RecordOrder;
import dev.tarn.jobs.kafka.SourceRecords;
import dev.tarn.jobs.kafka.Topics;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Sends dead letters back to their topics, each once: the next replay goes on where this one ends. Where that was, Kafka
 * knows no longer after {@code offsets.retention.minutes}, and a topic what it has deleted after {@code
 * delete.retention.ms}, each a week as a rule; so letters that are older than {@link #TOLD} are sent only if they are asked
 * for.
 *
 * <p>A document's record keeps its place in a header, so that the index never takes it for a later one. The topic itself,
 * once compacted, keeps the record that came last: so what has a later record in the topic is not sent back, and what
 * comes in while letters are sent is sent again after them.
 */
final class Replaying {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String GROUP = "tarn-dead-letters-replay";
    private static final long BYTES_AT_ONCE = 64 << 20;

    /** For how long it can be told for sure what was sent back, and what was deleted. */
    static final Duration TOLD = Duration.ofDays(6);

    private final KafkaOptions kafka;
    private final String generation;
    private final Instant since;
    private int sent;
    private int superseded;
    private int cut;
    private int old;

    /** @param since whose letters are sent, those that were sent back before as well; null for what was not, and can be told */
    Replaying(KafkaOptions kafka, Instant since) {
        this.kafka = kafka;
        this.since = since;
        this.generation = Topics.generation(kafka.settings(), kafka.documentsTopic);
    }

    /**
     * What became of the letters.
     *
     * @param sent how many were sent back
     * @param superseded how many were not, for the topic has a later record
     * @param cut how many were not, for they are only the beginning of a record
     * @param old how many were not, for they are too old
     */
    record Result(int sent, int superseded, int cut, int old) {}

    Result run() {
        List<String> topics = List.of(kafka.documentsDlqTopic(), kafka.questionsDlqTopic());
        Instant oldest = since == null ? Instant.now().minus(TOLD) : since;
        try (TopicReader reader = since == null
                        ? TopicReader.fromCommitted(kafka.settings(), topics, GROUP)
                        : TopicReader.fromBeginning(kafka.settings(), topics);
                Publisher publisher = new Publisher(kafka.settings())) {
            while (!reader.caughtUp()) {
                List<ConsumerRecord<byte[], byte[]>> letters = some(reader);
                int all = letters.size();
                letters.removeIf(letter -> letter.timestamp() < oldest.toEpochMilli());
                old += all - letters.size();
                sendBack(letters, publisher);
                if (since == null) {
                    reader.commit();
                }
            }
        }
        return new Result(sent, superseded, cut, old);
    }

    /** A dead letter, and its place among the records of its document; null where that is not known. */
    private record Letter(ConsumerRecord<byte[], byte[]> record, RecordOrder order, SourcePosition original) {
        ByteBuffer key() {
            return ByteBuffer.wrap(record.key());
        }
    }

    /** As many as fit into memory. */
    private static List<ConsumerRecord<byte[], byte[]>> some(TopicReader reader) {
        List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
        long bytes = 0;
        while (!reader.caughtUp() && bytes < BYTES_AT_ONCE) {
            for (ConsumerRecord<byte[], byte[]> letter : reader.poll(POLL)) {
                letters.add(letter);
                bytes += Math.max(0, letter.serializedValueSize());
            }
        }
        return letters;
    }

    private void sendBack(List<ConsumerRecord<byte[], byte[]>> records, Publisher publisher) {
        List<Letter> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String source = header(record, DeadLetter.SOURCE_TOPIC).orElse("");
            if (record.headers().lastHeader(DeadLetter.CUT_VALUE_BYTES) != null) {
                cut++;
            } else if (source.equals(kafka.documentsTopic) && record.key() != null) {
                letters.add(letter(record));
            } else if (source.equals(kafka.questionsTopic)) {
                publisher.send(source, record.key(), record.value(), own(record, null));
                sent++;
            }
        }
        if (!letters.isEmpty()) {
            sendDocuments(letters, publisher);
        }
        publisher.flush();
    }

    private void sendDocuments(List<Letter> letters, Publisher publisher) {
        Map<ByteBuffer, List<Letter>> byKey = new HashMap<>();
        letters.forEach(letter ->
                byKey.computeIfAbsent(letter.key(), key -> new ArrayList<>()).add(letter));
        Set<Letter> late = new HashSet<>();
        Map<ByteBuffer, SourceRecord> newest = new HashMap<>();
        Map<ByteBuffer, SourceRecord> lastPlaced = new HashMap<>();
        Map<TopicPartition, Long> read = read(starts(letters), record -> {
            if (byKey.containsKey(key(record))) {
                newest.merge(key(record), record, Replaying::later);
                lastPlaced.put(key(record), record);
            }
            for (Letter letter : byKey.getOrDefault(key(record), List.of())) {
                if (letter.order() != null && letter.order().isOlderThan(RecordOrder.of(record))) {
                    late.add(letter);
                }
            }
        });
        Map<ByteBuffer, RecordOrder> last = new HashMap<>();
        for (Letter letter : letters) {
            if (late.contains(letter)) {
                superseded++;
                continue;
            }
            publisher.send(
                    kafka.documentsTopic,
                    letter.record().key(),
                    letter.record().value(),
                    own(letter.record(), letter.original()));
            sent++;
            if (letter.order() != null) {
                last.merge(letter.key(), letter.order(), (a, b) -> a.isOlderThan(b) ? b : a);
            }
        }
        newest.forEach((key, record) -> {
            RecordOrder order = RecordOrder.of(record);
            if (!last.containsKey(key) && RecordOrder.of(lastPlaced.get(key)).isOlderThan(order)) {
                sendAgain(record, publisher); // a replay that was killed has left an older one behind it
                last.put(key, order);
            }
        });
        publisher.flush();
        sendAgain(read, last, publisher);
    }

    private static SourceRecord later(SourceRecord one, SourceRecord other) {
        return RecordOrder.of(one).isOlderThan(RecordOrder.of(other)) ? other : one;
    }

    private void sendAgain(SourceRecord record, Publisher publisher) {
        publisher.send(kafka.documentsTopic, record.key(), record.value(), headers(record));
    }

    /** What came in before the letters that it is later than is sent again after them, until nothing comes in between. */
    private void sendAgain(Map<TopicPartition, Long> from, Map<ByteBuffer, RecordOrder> last, Publisher publisher) {
        Map<TopicPartition, Long> read = from;
        boolean[] again = {!last.isEmpty()};
        while (again[0]) {
            again[0] = false;
            read = read(read, record -> {
                RecordOrder order = RecordOrder.of(record);
                RecordOrder before = last.get(key(record));
                if (before != null && before.isOlderThan(order)) {
                    last.put(key(record), order);
                    sendAgain(record, publisher);
                    again[0] = true;
                }
            });
            publisher.flush();
        }
    }

    /** Reads the documents topic from these offsets to its end, and returns where that is. */
    private Map<TopicPartition, Long> read(Map<TopicPartition, Long> from, Consumer<SourceRecord> each) {
        try (TopicReader reader = TopicReader.from(kafka.settings(), kafka.documentsTopic, from)) {
            while (!reader.caughtUp()) {
                reader.poll(POLL).forEach(record -> {
                    if (record.key() != null) {
                        each.accept(SourceRecords.of(record, generation));
                    }
                });
            }
            return reader.positions();
        }
    }

    /** The first offset of each partition that a letter stood at; none where one stood in another generation. */
    private Map<TopicPartition, Long> starts(List<Letter> letters) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        for (Letter letter : letters) {
            SourcePosition original = letter.original();
            if (original == null
                    || !original.generation().equals(generation)
                    || !original.topic().equals(kafka.documentsTopic)) {
                return Map.of();
            }
            starts.merge(new TopicPartition(original.topic(), original.partition()), original.offset(), Math::min);
        }
        return starts;
    }

    private Letter letter(ConsumerRecord<byte[], byte[]> record) {
        SourceRecord source = SourceRecords.of(record, "");
        SourcePosition original = source.replayOf() != null ? source.replayOf() : stood(record);
        RecordOrder order = original == null
                ? null
                : RecordOrder.of(new SourceRecord(original, record.key(), record.value(), List.of()));
        return new Letter(record, order, original);
    }

    /** Where the record stood; null in a letter of a version that did not say. */
    private static SourcePosition stood(ConsumerRecord<byte[], byte[]> letter) {
        try {
            return new SourcePosition(
                    header(letter, DeadLetter.SOURCE_TOPIC).orElseThrow(),
                    header(letter, DeadLetter.SOURCE_GENERATION).orElseThrow(),
                    Integer.parseInt(header(letter, DeadLetter.SOURCE_PARTITION).orElseThrow()),
                    Long.parseLong(header(letter, DeadLetter.SOURCE_OFFSET).orElseThrow()),
                    Instant.ofEpochMilli(Long.parseLong(
                            header(letter, DeadLetter.SOURCE_TIMESTAMP).orElseThrow())));
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return null;
        }
    }

    private static ByteBuffer key(SourceRecord record) {
        return ByteBuffer.wrap(record.key());
    }

    private static List<Header> headers(SourceRecord record) {
        List<Header> headers = new ArrayList<>();
        record.headers().stream()
                .filter(header -> !header.key().equals(Replay.HEADER))
                .forEach(header -> headers.add(new RecordHeader(header.key(), header.value())));
        headers.add(replayOf(record.ordering()));
        return headers;
    }

    /** The producer's own headers, and where the record stood. */
    private static List<Header> own(ConsumerRecord<byte[], byte[]> letter, SourcePosition original) {
        List<Header> own = new ArrayList<>();
        for (Header header : letter.headers()) {
            if (!DeadLetter.isOwn(header.key()) && !header.key().equals(Replay.HEADER)) {
                own.add(header);
            }
        }
        if (original != null) {
            own.add(replayOf(original));
        }
        return own;
    }

    private static Header replayOf(SourcePosition original) {
        SourceHeader header = Replay.header(original);
        return new RecordHeader(header.key(), header.value());
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? Optional.empty() : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}
