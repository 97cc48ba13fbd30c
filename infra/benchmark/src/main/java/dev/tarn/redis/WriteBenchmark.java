package dev.tarn.redis;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.model.EncodedVector;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.RedisProtocol;

/** What a document of eight chunks costs on its way to Redis, but for the network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WriteBenchmark {
    private static final int CHUNKS = 8;
    private static final int DIMENSION = 384;

    private final float[] vector = new float[DIMENSION];
    private final List<VectorEngine.Entry> entries = new ArrayList<>();
    private Delivery delivery;
    private VectorEngine engine;

    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextDouble(-1, 1);
        }
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            String text = i + " What a chunk says.".repeat(40);
            chunks.add(new Chunk(i, Digests.sha256(text, 16), text, text));
        }
        SourceRecord source = new SourceRecord(
                new SourcePosition("documents", "generation", 0, 1, Instant.EPOCH),
                "id".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                List.of());
        Document document = new Document("id", "A title", null, null, null, "default", 1L, Map.of());
        delivery = Delivery.of(new ChunkedDocument(source, "id", document, chunks));
        chunks.forEach(chunk -> entries.add(delivery.entry(chunk, Map.of(), EncodedVector.of(vector))));
        engine = new VectorSetEngine(null, 1, HnswSettings.DEFAULT);
    }

    /** What names everything that a record says, so that the same again is known. */
    @Benchmark
    public String digest() {
        return delivery.digest();
    }

    /** One vector. */
    @Benchmark
    public byte[] encode() {
        return EncodedVector.of(vector).bytes();
    }

    /** The arguments of the script that writes all of the chunks. */
    @Benchmark
    public Runnable fencedWrites() {
        try (AbstractPipeline nowhere = new QueuedPipeline(commands -> {}, new CommandObjects(RedisProtocol.RESP2))) {
            return engine.add(nowhere, new Fence(null, delivery, 1), entries);
        }
    }
}
