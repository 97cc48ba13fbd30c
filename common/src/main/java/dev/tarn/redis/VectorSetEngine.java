package dev.tarn.redis;

import dev.tarn.document.Document;
import dev.tarn.index.Search;
import dev.tarn.model.EncodedVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.VAddParams;
import redis.clients.jedis.params.VSimParams;
import redis.clients.jedis.resps.RawVector;

/**
 * Vectors in vector sets, which every Redis from 8.0 on has. A collection is spread over shards, each a key of its own:
 * a document's vectors are in one of them, and a search asks all of them at once.
 *
 * @see <a href="https://redis.io/docs/latest/develop/data-types/vector-sets/">Vector sets</a>
 */
final class VectorSetEngine implements VectorEngine {
    private static final Script REMOVE = Script.named("remove.lua");
    private static final int SCAN_BATCH = 1_000;

    /** Candidates of a search that takes longer than some writes do. */
    private static final int LONG_SEARCH = 300;

    /** Members that are asked for at once. */
    private static final int DRAWN = 10_000;

    /** The odds that a member never comes are e to the minus this. */
    private static final double SURE = 7;

    private final UnifiedJedis redis;
    private final int shards;
    private final HnswSettings hnsw;
    private final boolean isCluster;

    VectorSetEngine(UnifiedJedis redis, int shards, HnswSettings hnsw) {
        this.redis = redis;
        this.shards = shards;
        this.hnsw = hnsw;
        isCluster = redis instanceof ClusterClient;
    }

    @Override
    public void requireSupport() {
        redis.vcard(Keys.vectors(Document.DEFAULT_COLLECTION, 0));
    }

    @Override
    public void prepare() {
        // The first VADD makes a vector set.
    }

    @Override
    public Map<String, String> labels(Document document) {
        return Map.of();
    }

    @Override
    public void declare(Document document) {
        // A vector set knows no metadata.
    }

    /** At once with its payload; on a cluster, where they are on different nodes, before it. */
    @Override
    public Runnable add(AbstractPipeline pipeline, Fence fence, List<Entry> entries) {
        List<Response<?>> vectors = new ArrayList<>();
        List<Fence.Write> writes = new ArrayList<>();
        for (Entry entry : entries) {
            if (isCluster) {
                vectors.add(pipeline.sendCommand(vadd(entry)));
            }
            writes.add(new Fence.Write(entry, entry.fields(), isCluster ? null : vadd(entry)));
        }
        fence.write(pipeline, writes);
        return () -> vectors.forEach(Response::get);
    }

    private CommandArguments vadd(Entry entry) {
        return new CommandArguments(Protocol.Command.VADD)
                .key(key(entry.collection(), entry.member()))
                .add("FP32")
                .add(new Uncopied(entry.vector().bytes()))
                .add(name(entry.member()))
                .addParams(parameters());
    }

    private VAddParams parameters() {
        VAddParams params = new VAddParams().m(hnsw.m()).ef(hnsw.efConstruction());
        return switch (hnsw.quantization()) {
            case Q8 -> params.q8();
            case NOQUANT -> params.noQuant();
            case BIN -> params.bin();
        };
    }

    @Override
    public Response<?> remove(AbstractPipeline pipeline, String collection, Member member) {
        String vectors = key(collection, member);
        if (isCluster) {
            return pipeline.vrem(vectors, name(member));
        }
        List<String> keys =
                List.of(Keys.manifest(member.encodedId()), Keys.chunk(member.encodedId(), member.element()), vectors);
        return REMOVE.queue(pipeline, keys, List.of(member.element(), name(member), collection));
    }

    /** Asks for the vector: Redis 8.0 has no command that only tells. */
    @Override
    public Supplier<Boolean> contains(AbstractPipeline pipeline, String collection, Member member) {
        Response<RawVector> vector = pipeline.vembRaw(key(collection, member), name(member));
        return () -> vector.get() != null;
    }

    @Override
    public Found find(Search search, int count) {
        byte[] vector = EncodedVector.of(search.vector()).bytes();
        List<Response<Map<String, Double>>> responses = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int shard = 0; shard < shards; shard++) {
                responses.add(pipeline.executeCommand(vsim(Keys.vectors(search.collection(), shard), vector, count)));
            }
        }
        List<Neighbor> neighbors = new ArrayList<>();
        for (Response<Map<String, Double>> response : responses) {
            response.get().forEach((name, similarity) -> {
                Member member = Member.parse(name);
                neighbors.add(new Neighbor(member.encodedId(), member.element(), cosine(similarity)));
            });
        }
        neighbors.sort(Comparator.comparingDouble(Neighbor::score).reversed());
        return new Found(neighbors.size() > count ? neighbors.subList(0, count) : neighbors, List.of());
    }

    /**
     * The vector as it is stored: Jedis' own command writes its numbers out, which is seven times as long. A thread of its own
     * would have to wait for a core, and its reply for the server's next turn, behind writes: that is for long searches.
     *
     * @see <a href="https://redis.io/docs/latest/commands/vsim/">NOTHREAD</a>
     */
    private CommandObject<Map<String, Double>> vsim(String key, byte[] vector, int count) {
        int ef = Math.max(count, hnsw.efSearch());
        VSimParams params = new VSimParams().count(count).ef(ef);
        CommandArguments arguments = new CommandArguments(Protocol.Command.VSIM)
                .key(key)
                .add("FP32")
                .add(new Uncopied(vector))
                .add(Protocol.Keyword.WITHSCORES)
                .addParams(ef <= LONG_SEARCH ? params.noThread() : params);
        return new CommandObject<>(arguments, BuilderFactory.STRING_DOUBLE_MAP);
    }

    @Override
    public Set<String> collections() {
        Set<String> collections = new TreeSet<>();
        ScanIteration keys = redis.scanIteration(SCAN_BATCH, Keys.ALL_VECTORS, "vectorset");
        while (!keys.isIterationCompleted()) {
            keys.nextBatch().getResult().forEach(key -> collections.add(Keys.collectionOf(key)));
        }
        return collections;
    }

    @Override
    public long count(String collection) {
        List<Response<Long>> counts = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (int shard = 0; shard < shards; shard++) {
                counts.add(pipeline.vcard(Keys.vectors(collection, shard)));
            }
        }
        return counts.stream().mapToLong(Response::get).sum();
    }

    /**
     * Redis 8.0 has no cursor for a vector set, and tells either all members or random ones. Of a large shard it is asked
     * for random ones until it is all but certain that each has come.
     */
    @Override
    public void members(String collection, Consumer<List<Member>> batches) {
        for (int shard = 0; shard < shards; shard++) {
            String key = Keys.vectors(collection, shard);
            long members = redis.vcard(key);
            double draws = members <= DRAWN ? members : members * (Math.log((double) members) + SURE);
            for (long drawn = 0; drawn < draws; drawn += DRAWN) {
                batches.accept(redis.vrandmember(key, DRAWN).stream()
                        .map(Member::parse)
                        .toList());
            }
        }
    }

    private String key(String collection, Member member) {
        return Keys.vectors(collection, Keys.shard(member.encodedId(), shards));
    }

    private static String name(Member member) {
        return Keys.member(member.encodedId(), member.element());
    }

    /** A vector set's similarity is (1 + cosine) / 2. */
    private static double cosine(double similarity) {
        return 2 * similarity - 1;
    }
}
