package dev.tarn.redis;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.IndexSpec;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.json.Json;
import dev.tarn.model.EmbeddingCache;
import dev.tarn.model.EncodedVector;
import dev.tarn.question.Passage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;

/** The commit protocol, over one client. See the package's documentation. */
public final class RedisIndex implements VectorIndex {
    private static final Script PLAN = Script.named("position.lua", "plan.lua");
    private static final Script FLIP = Script.named("position.lua", "flip.lua");

    private static final int MOST_SEARCHES = 3;

    private final UnifiedJedis redis;
    private final IndexSettings settings;
    private final MetadataFields fields;
    private final Clock clock = Clock.systemUTC();
    private volatile VectorEngine engine;

    /** How the index was made when a reader chose the engine, as text; null where there was none. */
    private volatile String spec;

    private RedisIndex(UnifiedJedis redis, IndexSettings settings) {
        this.redis = redis;
        this.settings = settings;
        fields = new MetadataFields(redis);
    }

    /**
     * Opens the index for writing, and records how it is made where that is not recorded yet.
     *
     * @throws dev.tarn.failure.Misconfiguration when it was made otherwise
     * @throws dev.tarn.failure.TransientFailure when Redis can't answer now
     */
    public static RedisIndex openForWriting(RedisSettings settings, IndexSettings index) {
        return openForWriting(RedisClients.openSharing(settings), index);
    }

    static RedisIndex openForWriting(UnifiedJedis redis, IndexSettings index) {
        RedisIndex opened = new RedisIndex(redis, index);
        return opened.started(opened::create);
    }

    /**
     * Opens the index for reading. An index that was never written to is empty.
     *
     * @throws dev.tarn.failure.Misconfiguration when it was made for other vectors
     * @throws dev.tarn.failure.TransientFailure when Redis can't answer now
     */
    public static RedisIndex openForReading(RedisSettings settings, IndexSettings index) {
        RedisIndex opened = new RedisIndex(RedisClients.open(settings), index);
        return opened.started(opened::find);
    }

    /**
     * A cache over the same client, for what the index' model embeds.
     *
     * @param most vectors that it keeps; 0 for none
     */
    public EmbeddingCache embeddings(int most) {
        return most == 0 ? EmbeddingCache.NONE : new RedisEmbeddingCache(redis, settings.model(), most);
    }

    /** What the jobs have kept of what the index' model embeds. Nothing is written, so that a reader may use it. */
    public EmbeddingCache keptEmbeddings() {
        return new RedisEmbeddingCache(redis, settings.model(), 0);
    }

    private RedisIndex started(Runnable open) {
        try {
            RedisFailures.run(open);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void create() {
        IndexSpec stored = StoredSpec.read(redis);
        EngineSettings.Kind kind = Engines.choose(redis, settings.engine(), stored);
        IndexSpec wanted = settings.written(kind);
        if (stored != null) {
            stored.requireCompatible(wanted);
        }
        VectorEngine created = Engines.open(
                redis,
                kind,
                wanted.shards(),
                wanted.dimension(),
                settings.engine().hnsw());
        created.requireSupport();
        if (StoredSpec.createOrRequire(redis, wanted)) {
            MetadataFields.begin(redis);
        }
        created.prepare();
        engine = created;
    }

    /** Opens the engine of the index that is there; where there is none, sees that the server could hold one. */
    private void find() {
        String text = redis.get(Keys.SPEC);
        IndexSpec stored = StoredSpec.parse(text);
        if (stored == null) {
            Engines.choose(redis, settings.engine(), null);
            return;
        }
        stored.requireCompatible(settings.read());
        VectorEngine found = Engines.open(redis, stored, settings.engine().hnsw());
        found.requireSupport();
        engine = found;
        spec = text;
    }

    @Override
    public Plan plan(ChunkedDocument document) {
        return RedisFailures.classified(() -> {
            Delivery delivery = Delivery.of(document);
            if (!document.isDelete()) {
                fields.register(document.document().metadata());
            }
            List<String> keys = delivery.keys(delivery.ownElements());
            List<String> arguments = delivery.arguments();
            arguments.addAll(delivery.ownElements());
            Reply reply = new Reply(PLAN.run(redis, keys, arguments));
            switch (reply.status()) {
                case "write" -> {
                    Map<String, String> listed = reply.marked(2);
                    long revision = Long.parseLong(reply.text(1));
                    if (lostVectors(delivery, listed)) {
                        return planAnew(document, revision);
                    }
                    return new Plan(
                            Plan.State.WRITE,
                            revision,
                            delivery.reusable(listed, reply.text(4)),
                            listed,
                            reply.marked(3));
                }
                case "unchanged" -> {
                    new Garbage(redis, engine)
                            .remove(delivery, reply.elements(1), reply.marked(2), delivery.ownElements());
                    return lostVectors(delivery, reply.marked(3))
                            ? planAnew(document, Long.parseLong(reply.text(4)))
                            : done(Plan.State.UNCHANGED);
                }
                case "superseded" -> {
                    new Garbage(redis, engine)
                            .remove(delivery, reply.elements(1), reply.marked(2), delivery.ownElements());
                    return done(Plan.State.SUPERSEDED);
                }
                default -> throw new IllegalStateException("plan.lua answered " + reply.status());
            }
        });
    }

    private static Plan done(Plan.State state) {
        return new Plan(state, 0, Map.of(), Map.of(), Map.of());
    }

    /** On a cluster a node can lose vectors of a manifest that another node keeps. */
    private boolean lostVectors(Delivery delivery, Map<String, String> listed) {
        if (listed.isEmpty() || !(redis instanceof ClusterClient)) {
            return false;
        }
        List<Supplier<Boolean>> present = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            listed.forEach((element, collection) -> present.add(
                    engine.contains(pipeline, collection, new VectorEngine.Member(delivery.encodedId(), element))));
        }
        return !present.stream().allMatch(Supplier::get);
    }

    /** A manifest that has moved meanwhile has taken its vectors along; else they are lost. */
    private Plan planAnew(ChunkedDocument document, long revision) {
        new RedisRepair(redis, engine).unlist(document.id(), revision);
        return plan(document);
    }

    @Override
    public Optional<Receipt> commit(EmbeddedDocument embedded) {
        ChunkedDocument document = embedded.document();
        Plan plan = embedded.plan();
        switch (plan.state()) {
            case UNCHANGED -> {
                return Optional.of(receipt(document, Receipt.Action.UNCHANGED, 0, 0));
            }
            case SUPERSEDED -> {
                return Optional.of(receipt(document, Receipt.Action.SUPERSEDED, 0, 0));
            }
            case WRITE -> {
                return RedisFailures.classified(() -> {
                    Delivery delivery = Delivery.of(document);
                    if (!document.isDelete()) {
                        engine.declare(document.document());
                    }
                    writeChunks(delivery, plan, embedded.vectors());
                    return flip(delivery, plan, embedded.vectors().size() - embedded.known());
                });
            }
        }
        throw new IllegalStateException("unknown state " + plan.state());
    }

    private void writeChunks(Delivery delivery, Plan plan, List<EncodedVector> vectors) {
        List<Chunk> missing = plan.missing(delivery.document());
        if (missing.size() != vectors.size()) {
            throw new IllegalArgumentException(vectors.size() + " vectors for " + missing.size() + " chunks");
        }
        if (missing.isEmpty()) {
            return;
        }
        Map<String, String> labels = engine.labels(delivery.document().document());
        List<VectorEngine.Entry> entries = new ArrayList<>();
        for (int i = 0; i < missing.size(); i++) {
            requireComparable(vectors.get(i));
            entries.add(delivery.entry(missing.get(i), labels, vectors.get(i)));
        }
        Fence fence = new Fence(redis, delivery, plan.revision());
        fence.run(pipeline -> engine.add(pipeline, fence, entries));
    }

    /** The query engine would take without a word what no engine can compare, and never find it. */
    private void requireComparable(EncodedVector vector) {
        int dimension = settings.model().dimension();
        if (vector.dimension() != dimension) {
            throw new PermanentFailure("a vector has " + vector.dimension() + " dimensions, the index " + dimension);
        }
        if (!vector.hasDirection()) {
            throw new PermanentFailure("a vector has no direction: it is zero, or a component is not a number");
        }
    }

    private Optional<Receipt> flip(Delivery delivery, Plan plan, int embedded) {
        ChunkedDocument document = delivery.document();
        List<String> wanted = new ArrayList<>();
        for (Chunk chunk : document.chunks()) {
            String reused = plan.reused().get(chunk.hash());
            wanted.add(reused != null ? reused : delivery.ownElement(chunk));
        }
        Set<String> declared = new LinkedHashSet<>(delivery.ownElements());
        declared.addAll(plan.listed().keySet());
        declared.addAll(plan.garbage().keySet());
        List<String> arguments = delivery.arguments();
        arguments.add(Long.toString(plan.revision()));
        arguments.add(document.isDelete() ? "" : Json.writeCompact(document.document()));
        arguments.add(delivery.collection());
        arguments.add(ElementOrder.of(wanted).stored());
        arguments.add(Integer.toString(wanted.size()));
        arguments.addAll(wanted);
        arguments.addAll(declared);
        if (!plan.reused().isEmpty()) {
            engine.labels(document.document()).forEach((name, value) -> {
                arguments.add(name);
                arguments.add(value);
            });
        }
        Reply reply = new Reply(FLIP.run(redis, delivery.keys(declared), arguments));
        if (reply.status().equals("stale")) {
            return Optional.empty();
        }
        new Garbage(redis, engine).remove(delivery, reply.elements(1), reply.marked(2), declared);
        if (reply.status().equals("superseded")) {
            return Optional.of(receipt(document, Receipt.Action.SUPERSEDED, embedded, 0));
        }
        Receipt.Action action = document.isDelete() ? Receipt.Action.DELETED : Receipt.Action.INDEXED;
        int removed = Math.toIntExact(reply.number(3));
        return Optional.of(receipt(document, action, embedded, removed));
    }

    private Receipt receipt(ChunkedDocument chunked, Receipt.Action action, int embedded, int removed) {
        Document document = chunked.document();
        int chunks = chunked.chunks().size();
        boolean visible = action == Receipt.Action.INDEXED || action == Receipt.Action.UNCHANGED;
        return new Receipt(
                chunked.id(),
                document == null ? null : document.collection(),
                document == null ? null : document.version(),
                action,
                chunks,
                embedded,
                visible ? chunks - embedded : 0,
                removed,
                Receipt.Source.of(chunked.source().position()),
                chunked.source().position().timestamp(),
                clock.instant());
    }

    @Override
    public void discard(ChunkedDocument document) {
        RedisFailures.run(() -> new Garbage(redis, engine).discard(Delivery.of(document)));
    }

    @Override
    public List<Passage> search(Search search) {
        return candidates(search.withoutText(), search.topK(), 0).stream()
                .map(Candidate::passage)
                .toList();
    }

    @Override
    public List<String> texts(List<Element> chunks) {
        return RedisFailures.classified(() -> PassageReader.texts(redis, chunks));
    }

    @Override
    public List<Candidate> candidates(Search search, int count, int neighbours) {
        return RedisFailures.classified(() -> {
            for (int attempt = 0; attempt < MOST_SEARCHES; attempt++) {
                if (spec == null) {
                    find();
                }
                String found = spec;
                if (found == null) {
                    return List.of();
                }
                Optional<List<Candidate>> candidates =
                        new PassageReader(redis, engine, found).search(search, count, neighbours);
                if (candidates.isPresent()) {
                    return candidates.get();
                }
                spec = null;
            }
            throw new TransientFailure("the index is made anew again and again", null);
        });
    }

    @Override
    public void close() {
        redis.close();
    }
}
