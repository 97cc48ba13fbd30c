package dev.tarn.redis;

import dev.tarn.audit.IndexedDocument;
import dev.tarn.audit.Orphan;
import dev.tarn.index.RecordOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.UnifiedJedis;

/**
 * Takes away what an audit found to be wrong. What is to be there instead is delivered by the protocol.
 *
 * <p>Every step asks whether the index is still as it was seen, and does nothing where it is not. A crash between two steps
 * leaves what the next audit finds. Each call throws {@link dev.tarn.failure.TransientFailure} when the server can't answer
 * now.
 */
public final class RedisRepair {
    private static final Script UNLIST = Script.named("position.lua", "unlist.lua");
    private static final Script FORGET = Script.named("position.lua", "forget.lua");
    private static final Script SWEEP = Script.named("position.lua", "sweep.lua");

    private final UnifiedJedis redis;
    private final VectorEngine engine;

    RedisRepair(UnifiedJedis redis, VectorEngine engine) {
        this.redis = redis;
        this.engine = engine;
    }

    /**
     * Makes the index forget what it holds of a document, if that is what this record said, but not how far it has come: so
     * all is written again when the record comes again.
     */
    public void unlist(String documentId, RecordOrder record) {
        RedisFailures.run(() -> {
            StoredManifest manifest = read(documentId);
            if (manifest.exists() && isSameRecord(manifest.order(), record)) {
                unlisted(manifest);
            }
        });
    }

    private static boolean isSameRecord(RecordOrder one, RecordOrder other) {
        return one.log().equals(other.log()) && one.offset() == other.offset();
    }

    /** The same, if the manifest still has this revision. */
    void unlist(String documentId, long revision) {
        StoredManifest manifest = read(documentId);
        if (manifest.exists() && manifest.revision().equals(Long.toString(revision))) {
            unlisted(manifest);
        }
    }

    /** Removes a document altogether, with how far it has come, if it is as it was seen. */
    public void remove(IndexedDocument seen) {
        RedisFailures.run(() -> {
            StoredManifest manifest = read(seen.id());
            if (!manifest.exists()
                    || !manifest.revision().equals(seen.revision())
                    || !manifest.order().equals(seen.order())) {
                return;
            }
            String revision = unlisted(manifest);
            if (revision != null) {
                new Garbage(redis, engine).removeVectors(manifest.encodedId(), manifest.listed());
                new Garbage(redis, engine).removeVectors(manifest.encodedId(), manifest.garbage());
                List<String> seenNow = new ArrayList<>(manifest.place());
                seenNow.add(0, revision);
                FORGET.run(redis, List.of(Keys.manifest(manifest.encodedId())), seenNow);
            }
        });
    }

    /** Removes what belongs to no document, if that is so still. */
    public void sweep(Orphan orphan) {
        RedisFailures.run(() -> {
            if (new OrphanScan(redis, engine).confirmed(List.of(orphan)).isEmpty()) {
                return;
            }
            String id = Keys.encode(orphan.documentId());
            String element = orphan.element();
            List<String> keys = List.of(Keys.manifest(id), Keys.chunk(id, element));
            boolean listed = SWEEP.run(redis, keys, List.of(element)).isEmpty();
            if (listed && orphan.kind() != Orphan.Kind.VECTOR) {
                return;
            }
            if (orphan.kind() != Orphan.Kind.PAYLOAD) {
                new Garbage(redis, engine).removeVectors(id, Map.of(element, orphan.collection()));
            }
            if (orphan.kind() == Orphan.Kind.GARBAGE) {
                redis.hdel(Keys.manifest(id), "g:" + element);
            }
        });
    }

    private StoredManifest read(String documentId) {
        String id = Keys.encode(documentId);
        return new StoredManifest(id, redis.hgetAll(Keys.manifest(id)));
    }

    /** Returns the revision after it, or null when the manifest has moved on. */
    String unlisted(StoredManifest manifest) {
        List<String> keys = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        keys.add(Keys.manifest(manifest.encodedId()));
        arguments.add(manifest.revision());
        arguments.addAll(manifest.place());
        for (String element : manifest.listed().keySet()) {
            keys.add(Keys.chunk(manifest.encodedId(), element));
            arguments.add(element);
        }
        Reply reply = new Reply(UNLIST.run(redis, keys, arguments));
        return reply.status().equals("unlisted") ? reply.text(1) : null;
    }
}
