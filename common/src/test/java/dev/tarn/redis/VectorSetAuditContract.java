package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.audit.Orphan;
import dev.tarn.audit.Verdict;
import dev.tarn.document.ChunkedDocument;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;

/** An audit of vector sets, in one shard or in several. */
abstract class VectorSetAuditContract extends RedisAuditContract {

    protected abstract int shards();

    @Override
    protected final EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.VECTOR_SET, shards(), HnswSettings.DEFAULT);
    }

    @Override
    protected final void loseVector(String id, String element) {
        client().vrem(vectors("default", id), Keys.member(id, element));
    }

    @Override
    protected final void strandVector(AbstractPipeline pipeline, String id, String element) {
        strand(pipeline, "default", id, element);
    }

    private void strand(AbstractPipeline pipeline, String collection, String id, String element) {
        pipeline.vadd(vectors(collection, id), new float[] {1, 2, 3, id.hashCode()}, Keys.member(id, element));
    }

    private String vectors(String collection, String id) {
        return Keys.vectors(collection, Keys.shard(id, shards()));
    }

    @Test
    void aVectorOfAListedChunkInAnotherCollectionIsAnOrphanAndOnlyItIsSwept() {
        ChunkedDocument kept = chunked(at(1), document("a"), "one");
        deliver(kept);
        String listed = Keys.element("one", at(1));
        try (AbstractPipeline pipeline = client().pipelined()) {
            strand(pipeline, "other", "a", listed);
        }

        assertThat(orphans()).containsExactly(new Orphan(Orphan.Kind.VECTOR, "a", listed, "other"));
        orphans().forEach(repair()::sweep);
        assertThat(orphans()).isEmpty();
        assertThat(state(kept)).isEqualTo(Verdict.State.EQUAL);
    }
}
