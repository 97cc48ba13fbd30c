package dev.tarn.redis;

import java.io.Serializable;
import java.util.Locale;

/**
 * How the HNSW graph is built and searched.
 *
 * @param quantization how a vector set stores vectors; the query engine stores them as they are
 * @param m links of a node; more find better and cost memory
 * @param efConstruction candidates while inserting
 * @param efSearch candidates while searching; not part of how the index was made
 * @see <a href="https://arxiv.org/abs/1603.09320">Malkov and Yashunin, Efficient and robust approximate nearest neighbor
 *     search using Hierarchical Navigable Small World graphs</a>
 */
public record HnswSettings(Quantization quantization, int m, int efConstruction, int efSearch) implements Serializable {

    public static final HnswSettings DEFAULT = new HnswSettings(Quantization.Q8, 16, 200, 200);

    /** How a vector set stores a component: 8 bits, 32 bits, or 1 bit. */
    public enum Quantization {
        Q8,
        NOQUANT,
        BIN
    }

    /** A text that changes whenever the graph would; only vector sets quantize. */
    String describe(EngineSettings.Kind kind) {
        String graph = "m=" + m + " efConstruction=" + efConstruction;
        return kind == EngineSettings.Kind.VECTOR_SET
                ? "quantization=" + quantization.name().toLowerCase(Locale.ROOT) + " " + graph
                : graph;
    }
}
