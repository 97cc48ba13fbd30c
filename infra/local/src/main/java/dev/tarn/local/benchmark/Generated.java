package dev.tarn.local.benchmark;

import dev.tarn.local.input.InputDocument;
import dev.tarn.local.torture.Prose;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Documents of {@link #CHUNKS} chunks of made-up words each, the same for the same seed on every machine. */
final class Generated {
    static final int CHUNKS = 4;

    private static final long STRIDE = 1L << 40;

    private final long seed;

    Generated(long seed) {
        this.seed = seed;
    }

    /** Those that hold the chunks from the one number to before the other; both are multiples of {@link #CHUNKS}. */
    Workload documents(int from, int to) {
        List<InputDocument> documents = new ArrayList<>();
        for (int first = from; first < to; first += CHUNKS) {
            StringJoiner text = new StringJoiner(Prose.BREAK);
            for (int i = 0; i < CHUNKS; i++) {
                text.add(Prose.paragraph(seed * STRIDE + first + i));
            }
            documents.add(Workload.document("generated-" + first, text.toString()));
        }
        return Workload.of(documents, seed);
    }

    /** Texts that no document has. */
    List<String> queries(int count) {
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            queries.add(Prose.paragraph(seed * STRIDE - 1 - i));
        }
        return queries;
    }
}
