package dev.tarn.local.verify;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.IndexedDocument;
import dev.tarn.audit.Orphan;
import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.IndexSpec;
import dev.tarn.index.Plan;
import dev.tarn.index.VectorIndex;
import dev.tarn.model.Embedder;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisAudit;
import dev.tarn.redis.RedisIndex;
import dev.tarn.redis.RedisRepair;
import dev.tarn.redis.RedisSettings;
import dev.tarn.source.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mends what is found: records are delivered by the index's own protocol, so that none replaces a later one. */
final class Repair implements Remedy, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
    private static final int BATCH = 32;

    private final RedisRepair repair;
    private final Expectations expectations;
    private final Embedder embedder;
    private final VectorIndex index;

    private Repair(RedisRepair repair, Expectations expectations, Embedder embedder, VectorIndex index) {
        this.repair = repair;
        this.expectations = expectations;
        this.embedder = embedder;
        this.index = index;
    }

    /**
     * Opens the clients.
     *
     * @throws dev.tarn.failure.Misconfiguration when the index was made by another model, or with other settings
     */
    static Repair open(RedisAudit audit, RedisSettings redis, EngineSettings engine, OllamaSettings model) {
        ChunkingSettings chunking = audit.spec().map(IndexSpec::chunking).orElse(ChunkingSettings.DEFAULT);
        Embedder embedder = new OllamaEmbedder(model);
        try {
            VectorIndex index =
                    RedisIndex.openForWriting(redis, new IndexSettings(embedder.describe(), chunking, engine));
            return new Repair(audit.repair(), new Expectations(chunking), embedder, index);
        } catch (RuntimeException e) {
            embedder.close();
            throw e;
        }
    }

    @Override
    public void deliver(String id, SourceRecord record, boolean damaged) {
        Expectation expected = expectations.of(id, record);
        if (expected.content() == null) {
            return;
        }
        if (damaged) {
            repair.unlist(id, expected.order());
        }
        try {
            EmbeddedDocument embedded;
            do {
                embedded = embed(expected);
            } while (index.commit(embedded).isEmpty());
        } catch (PermanentFailure e) {
            LOG.warn("A record can't be delivered again: {}", e.getMessage());
        }
    }

    private EmbeddedDocument embed(Expectation expected) {
        Plan plan = index.plan(expected.content());
        List<String> texts = plan.missing(expected.content()).stream()
                .map(Chunk::embeddingText)
                .toList();
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            vectors.addAll(embedder.embed(texts.subList(from, Math.min(from + BATCH, texts.size()))));
        }
        return new EmbeddedDocument(expected.content(), plan, vectors);
    }

    @Override
    public void remove(IndexedDocument document) {
        repair.remove(document);
    }

    @Override
    public void sweep(Orphan orphan) {
        repair.sweep(orphan);
    }

    @Override
    public void close() {
        index.close();
        embedder.close();
    }
}
