package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.index.Search;
import dev.tarn.question.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisProtocol;

/** What a search costs beside the network and Redis: the vector is encoded, and the nearest of each shard are read and put in one order. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MergeBenchmark {
    private static final int NEAREST = 150;
    private static final int DIMENSION = 384;

    @Param({"1", "8", "64"})
    public int shards;

    private final float[] vector = new float[DIMENSION];
    private VectorEngine engine;

    @Setup
    public void prepare() {
        Random random = new Random(1);
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        List<List<Object>> replies = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            List<Object> reply = new ArrayList<>();
            for (int i = 0; i < NEAREST; i++) {
                reply.add(Keys.member("document-" + shard, "element-" + i).getBytes(UTF_8));
                reply.add(Double.toString(1 - 0.001 * i - 0.0001 * shard).getBytes(UTF_8));
            }
            replies.add(reply);
        }
        Sender canned = commands -> {
            for (int i = 0; i < commands.size(); i++) {
                commands.get(i).response().set(replies.get(i));
            }
        };
        DefaultJedisClientConfig config =
                DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP2).build();
        engine = new VectorSetEngine(new SharingClient(canned, null, config), shards, HnswSettings.DEFAULT);
    }

    @Benchmark
    public List<VectorEngine.Neighbor> nearest() {
        return engine.find(new Search("default", vector, NEAREST, -1, Filter.NONE), NEAREST)
                .nearest();
    }
}
