package dev.tarn.redis;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Delivers records as the ingest job does. */
final class Deliveries {
    private Deliveries() {}

    /** Delivers a record; each of the two stages begins again when Redis can't be reached. */
    static Receipt deliver(RedisIndex index, ChunkedDocument record) {
        EmbeddedDocument planned = retried(() -> embed(record, index.plan(record)));
        return retried(() -> {
            EmbeddedDocument embedded = planned;
            while (true) {
                Optional<Receipt> receipt = index.commit(embedded);
                if (receipt.isPresent()) {
                    return receipt.get();
                }
                embedded = embed(record, index.plan(record));
            }
        });
    }

    private static <T> T retried(Supplier<T> call) {
        T result = null;
        while (result == null) {
            try {
                result = call.get();
            } catch (TransientFailure e) {
                result = null;
            }
        }
        return result;
    }

    private static EmbeddedDocument embed(ChunkedDocument record, Plan plan) {
        List<float[]> vectors = plan.missing(record).stream()
                .map(chunk -> vector(chunk.embeddingText()))
                .toList();
        return new EmbeddedDocument(record, plan, vectors);
    }

    static float[] vector(String text) {
        Random random = new Random(text.hashCode());
        float[] vector = new float[WatchedIndex.DIMENSION];
        for (int i = 0; i < WatchedIndex.DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
