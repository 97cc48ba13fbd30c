package dev.tarn.local.benchmark;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Documents of {@link #CHUNKS} chunks of {@link #TEXT_LENGTH} letters, with random vectors. For one thread. */
final class SyntheticDocuments {
    static final int CHUNKS = 3;
    static final int TEXT_LENGTH = 800;
    static final String COLLECTION = Document.DEFAULT_COLLECTION;

    private final int dimension;
    private final Random random;

    SyntheticDocuments(int dimension, long seed) {
        this.dimension = dimension;
        random = new Random(seed);
    }

    /**
     * A document that is not planned yet.
     *
     * @param vectors one for each chunk, in order
     */
    record Synthetic(ChunkedDocument document, List<float[]> vectors) {}

    Synthetic document(long number) {
        String id = "document-" + number;
        SourcePosition position = new SourcePosition("benchmark", "", 0, number, Instant.EPOCH);
        SourceRecord record = new SourceRecord(position, new byte[0], new byte[0], List.of());
        Document document = new Document(id, "Title of " + id, null, "text/markdown", null, COLLECTION, null, Map.of());
        List<Chunk> chunks = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < CHUNKS; i++) {
            char[] text = new char[TEXT_LENGTH];
            Arrays.fill(text, (char) ('a' + (number + i) % 26));
            chunks.add(new Chunk(i, "hash-of-chunk-" + number + "-" + i, new String(text), ""));
            vectors.add(vector());
        }
        return new Synthetic(new ChunkedDocument(record, id, document, chunks), vectors);
    }

    float[] vector() {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}
