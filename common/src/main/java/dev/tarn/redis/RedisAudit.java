package dev.tarn.redis;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.IndexedDocument;
import dev.tarn.audit.Orphan;
import dev.tarn.audit.Verdict;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.index.IndexSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * Looks at an index from outside of the protocol: compares it with records, and goes through all that it holds. It reads
 * only, a page at a time, and may run beside jobs that write.
 *
 * <p>Each call throws {@link dev.tarn.failure.TransientFailure} when the server can't answer now.
 */
public final class RedisAudit implements AutoCloseable {
    private static final String BEGUN = "begun:";

    private final UnifiedJedis redis;
    private final VectorEngine engine;
    private final IndexSpec spec;
    private final DocumentCheck check;

    private RedisAudit(UnifiedJedis redis, VectorEngine engine, IndexSpec spec) {
        this.redis = redis;
        this.engine = engine;
        this.spec = spec;
        this.check = new DocumentCheck(redis, engine);
    }

    /**
     * Opens a client.
     *
     * @throws dev.tarn.failure.Misconfiguration when the index has another layout
     */
    public static RedisAudit open(RedisSettings settings) {
        UnifiedJedis redis = RedisClients.open(settings);
        try {
            IndexSpec spec = RedisFailures.classified(() -> StoredSpec.read(redis));
            if (spec != null && spec.layout() != IndexSpec.LAYOUT) {
                throw new Misconfiguration("The index in Redis has layout " + spec.layout()
                        + ", which this version of Tarn does not know. Run the version that made it.");
            }
            VectorEngine engine = spec == null
                    ? new VectorSetEngine(redis, 1, HnswSettings.DEFAULT)
                    : Engines.open(redis, spec, HnswSettings.DEFAULT);
            return new RedisAudit(redis, engine, spec);
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /** How the index was made; empty where there is none. */
    public Optional<IndexSpec> spec() {
        return Optional.ofNullable(spec);
    }

    /** How far the index has come in each log that it knows of: on a cluster, by the master that has come least far. */
    public Map<String, Long> progress() {
        return RedisFailures.classified(() -> {
            List<String> copies = redis instanceof ClusterClient ? Keys.progressOfCluster() : List.of(Keys.PROGRESS);
            Map<String, Long> progress = new HashMap<>(offsets(copies.get(0)));
            for (String copy : copies.subList(1, copies.size())) {
                Map<String, Long> offsets = offsets(copy);
                progress.keySet().retainAll(offsets.keySet());
                progress.replaceAll((log, offset) -> Math.min(offset, offsets.get(log)));
            }
            return progress;
        });
    }

    private Map<String, Long> offsets(String copy) {
        Map<String, Long> offsets = new HashMap<>();
        redis.hgetAll(copy).forEach((field, value) -> {
            if (!field.startsWith(BEGUN)) {
                offsets.put(field, Long.parseLong(value));
            }
        });
        return offsets;
    }

    /** A verdict on each, in order. */
    public List<Verdict> compare(List<Expectation> expectations) {
        return RedisFailures.classified(() -> check.compare(expectations));
    }

    /** How many documents there are, deleted ones included; those that come and go meanwhile may be missed. */
    public long countManifests() {
        long[] count = new long[1];
        RedisFailures.run(() -> Scans.keys(redis, Keys.MANIFESTS, page -> count[0] += page.size()));
        return count[0];
    }

    /**
     * Goes through all documents, deleted ones included; some may come twice.
     *
     * @param progress log to the offset below which everything is done
     */
    public void documents(Map<String, Long> progress, Consumer<IndexedDocument> each) {
        RedisFailures.run(() -> Scans.keys(redis, Keys.MANIFESTS, page -> {
            Settled settled = Settled.below(progress);
            for (StoredManifest manifest : manifests(page)) {
                if (manifest.exists()) {
                    each.accept(indexed(manifest, settled));
                }
            }
        }));
    }

    private List<StoredManifest> manifests(List<String> keys) {
        List<Response<Map<String, String>>> fields = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            keys.forEach(key -> fields.add(pipeline.hgetAll(key)));
        }
        List<StoredManifest> manifests = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            manifests.add(new StoredManifest(
                    Keys.encodedIdOf(keys.get(i)), fields.get(i).get()));
        }
        return manifests;
    }

    private IndexedDocument indexed(StoredManifest manifest, Settled settled) {
        Map<String, Long> collections = new HashMap<>();
        manifest.listed().values().forEach(collection -> collections.merge(collection, 1L, Long::sum));
        List<Orphan> unfinished = new ArrayList<>();
        if (settled.includes(manifest.order())) {
            manifest.garbage()
                    .forEach((element, collection) ->
                            unfinished.add(new Orphan(Orphan.Kind.GARBAGE, manifest.id(), element, collection)));
        }
        return new IndexedDocument(manifest.id(), manifest.order(), manifest.revision(), collections, unfinished);
    }

    /**
     * Goes through all payloads, and through the vectors of each collection that does not have just as many as are
     * listed.
     *
     * @param progress log to the offset below which everything is done, read before this is called
     * @param listed collection to how many chunks are listed in it
     */
    public void orphans(Map<String, Long> progress, Map<String, Long> listed, Consumer<Orphan> found) {
        RedisFailures.run(() -> {
            OrphanScan scan = new OrphanScan(redis, engine);
            scan.payloads(Settled.below(progress), found);
            scan.vectors(Settled.below(progress), listed, found);
        });
    }

    /** What takes away what is wrong; it closes with this. */
    public RedisRepair repair() {
        return new RedisRepair(redis, engine);
    }

    /** Those of the orphans that are orphans still. */
    public List<Orphan> confirmed(List<Orphan> orphans) {
        return RedisFailures.classified(() -> new OrphanScan(redis, engine).confirmed(orphans));
    }

    @Override
    public void close() {
        redis.close();
    }
}
