package dev.tarn.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.deadletter.Replay;
import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.jobs.kafka.SourceRecords;
import dev.tarn.jobs.kafka.Topics;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.stack.Endpoints;
import dev.tarn.local.topics.Publisher;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import dev.tarn.redis.RedisProgress;
import dev.tarn.redis.RedisSettings;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.FakeOllama;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine;

/** The ingest job by hand, for tests that decide when it runs: one record after the other, from the topic to the index. */
final class HandIngest implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaOptions kafka = new KafkaOptions();
    private final Publisher publisher;
    private final KafkaProducer<byte[], byte[]> deadLetters;
    private final TopicReader reader;
    private final String generation;
    private final OllamaEmbedder embedder;
    private final RedisIndex index;
    private final RedisProgress progress;
    private final Chunker chunker = new Chunker(ChunkingSettings.DEFAULT);
    private DocumentParser parser = new DocumentParser(1 << 20, 1 << 20);

    private HandIngest(Endpoints endpoints, String topic, EngineSettings engine) {
        new CommandLine(kafka).parseArgs("--kafka", endpoints.kafka(), "--documents-topic", topic);
        kafka.topics(kafka.ingestTopics()).createMissing();
        publisher = new Publisher(kafka.settings());
        deadLetters = new KafkaProducer<>(
                kafka.settings().clientProperties(), new ByteArraySerializer(), new ByteArraySerializer());
        reader = TopicReader.fromNow(kafka.settings(), List.of(topic));
        generation = Topics.generation(kafka.settings(), topic);
        embedder = new OllamaEmbedder(
                new OllamaSettings(endpoints.ollama(), FakeOllama.EMBEDDING_MODEL, Duration.ofSeconds(10)));
        RedisSettings redis = RedisSettings.of(endpoints.redis());
        index = RedisIndex.openForWriting(
                redis, new IndexSettings(embedder.describe(), ChunkingSettings.DEFAULT, engine));
        progress = RedisProgress.open(redis);
    }

    static HandIngest open(Endpoints endpoints, String topic, EngineSettings engine) {
        return new HandIngest(endpoints, topic, engine);
    }

    /** From now on refuses longer texts. */
    void refuseTextsLongerThan(int characters) {
        parser = new DocumentParser(1 << 20, characters);
    }

    void publish(String id, String json) {
        publisher.send(kafka.documentsTopic, id, json == null ? null : json.getBytes(UTF_8), sent -> {});
        publisher.flush();
    }

    /** Sends the first record of a document back, as a replay does, and no more than that. */
    void sendBack(String id) {
        SourceRecord first = records(id).get(0);
        SourceHeader original = Replay.header(first.position());
        publisher.send(
                kafka.documentsTopic,
                first.key(),
                first.value(),
                List.of(new RecordHeader(original.key(), original.value())));
        publisher.flush();
    }

    /** What the topic has of a document, in its order. */
    List<SourceRecord> records(String id) {
        List<SourceRecord> records = new ArrayList<>();
        try (TopicReader topic = TopicReader.fromBeginning(kafka.settings(), List.of(kafka.documentsTopic))) {
            while (!topic.caughtUp()) {
                topic.poll(POLL).forEach(record -> records.add(SourceRecords.of(record, generation)));
            }
        }
        records.removeIf(record -> !Arrays.equals(record.key(), id.getBytes(UTF_8)));
        return records;
    }

    /** Brings in what has been published, and says how far that is. */
    void ingestAll() {
        ingestAll(Instant.now());
    }

    /** @param now when what is refused becomes a dead letter */
    void ingestAll(Instant now) {
        try (TopicReader end = TopicReader.fromNow(kafka.settings(), List.of(kafka.documentsTopic))) {
            Map<TopicPartition, Long> ends = end.ends();
            while (!reader.reached(ends)) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    ingest(SourceRecords.of(record, generation), now);
                }
            }
        }
        deadLetters.flush();
        Map<String, Long> reached = new HashMap<>();
        reader.positions()
                .forEach((partition, offset) ->
                        reached.put(SourcePosition.log(partition.topic(), generation, partition.partition()), offset));
        progress.begin(reached.keySet());
        progress.advance(reached);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is flushed
    private void ingest(SourceRecord record, Instant now) {
        try {
            String id = DocumentParser.id(record);
            ChunkedDocument document =
                    record.isTombstone() ? Chunker.delete(record, id) : chunker.chunk(record, parser.parse(record));
            Plan plan = index.plan(document);
            List<String> texts =
                    plan.missing(document).stream().map(Chunk::embeddingText).toList();
            index.commit(new EmbeddedDocument(document, plan, texts.isEmpty() ? List.of() : embedder.embed(texts)));
        } catch (PermanentFailure e) {
            List<Header> headers = DeadLetter.of(record, "parse", e).headers().stream()
                    .map(header -> (Header) new RecordHeader(header.key(), header.value()))
                    .toList();
            deadLetters.send(new ProducerRecord<>(
                    kafka.documentsDlqTopic(), null, now.toEpochMilli(), record.key(), record.value(), headers));
        }
    }

    @Override
    public void close() {
        publisher.close();
        deadLetters.close();
        reader.close();
        progress.close();
        index.close();
        embedder.close();
    }
}
