package dev.tarn.jobs.testing;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.failure.Backoff;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Search;
import dev.tarn.jobs.flow.StageSettings;
import dev.tarn.model.Embedder;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import dev.tarn.redis.RedisSettings;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.Records;
import dev.tarn.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/** What a job calls: a real Redis, and a model server that can be made to fail. */
public final class Servers implements AutoCloseable {
    public static final ChunkingSettings CHUNKING = new ChunkingSettings(64, 8, 10_000);

    private static final Map<String, MetadataValue> METADATA = Map.of("course", MetadataValue.of("lakes"));
    private static final Backoff SHORT = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));

    private final RedisServer redis = RedisServer.start();
    private final FakeOllama ollama = FakeOllama.start();

    public RedisServer redis() {
        return redis;
    }

    public FakeOllama ollama() {
        return ollama;
    }

    /** Empties the index, and forgets faults and calls. */
    public void reset() {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            client.flushAll();
        }
        ollama.recover();
        ollama.calls().reset();
    }

    /** How often Redis has read what a client sent: once for each round trip, or some times where it is long. */
    public long readsOfRedis() {
        return redisStat("total_reads_processed:");
    }

    /** How many connections Redis has accepted, of which each of these calls makes one. */
    public long connectionsOfRedis() {
        return redisStat("total_connections_received:");
    }

    private long redisStat(String name) {
        try (RedisClient client = RedisClient.create(redis.uri())) {
            String stats = client.info("stats");
            int from = stats.indexOf(name) + name.length();
            return Long.parseLong(stats.substring(from, stats.indexOf('\r', from)));
        }
    }

    public RedisSettings redisSettings() {
        return RedisSettings.of(redis.uri());
    }

    public OllamaSettings embeddingModel() {
        return model(FakeOllama.EMBEDDING_MODEL);
    }

    public OllamaSettings model(String name) {
        return new OllamaSettings(ollama.uri(), name, Duration.ofSeconds(20));
    }

    /** A stage with this concurrency that tries again soon. */
    public StageSettings stage(int concurrency) {
        return new StageSettings(concurrency, 2 * concurrency, SHORT);
    }

    /** Puts documents of one chunk and one field into the index, without a job: ids and texts in turn. */
    public void index(String... idsAndTexts) {
        try (Embedder embedder = new OllamaEmbedder(embeddingModel());
                RedisIndex index = RedisIndex.openForWriting(
                        redisSettings(), new IndexSettings(embedder.describe(), CHUNKING, HnswSettings.DEFAULT))) {
            for (int i = 0; i < idsAndTexts.length; i += 2) {
                ChunkedDocument document = Records.chunked(
                        Records.at(i),
                        Records.document(idsAndTexts[i], Document.DEFAULT_COLLECTION, null, METADATA),
                        idsAndTexts[i + 1]);
                index.commit(new EmbeddedDocument(
                        document, index.plan(document), embedder.embed(List.of(idsAndTexts[i + 1]))));
            }
        }
    }

    /** The passages that the index holds now, nearest to the text first; enough to see all of a test's documents. */
    public List<Passage> find(String text) {
        try (Embedder embedder = new OllamaEmbedder(embeddingModel());
                RedisIndex index = RedisIndex.openForReading(
                        redisSettings(), new IndexSettings(embedder.describe(), null, HnswSettings.DEFAULT))) {
            return index.search(new Search(
                    Document.DEFAULT_COLLECTION, embedder.embed(List.of(text)).get(0), 1_000, -1, Filter.NONE));
        }
    }

    @Override
    public void close() {
        ollama.close();
        redis.close();
    }
}
