package dev.tarn.redis;

import java.io.Serializable;

/**
 * What holds and searches the vectors.
 *
 * @param kind the engine, or {@link Kind#AUTO}
 * @param shards how many vector sets a collection is spread over; on a cluster they lie on different nodes
 * @param hnsw how the graph is built and searched
 */
public record EngineSettings(Kind kind, int shards, HnswSettings hnsw) implements Serializable {
    public static final EngineSettings DEFAULT = new EngineSettings(Kind.AUTO, 1, HnswSettings.DEFAULT);

    /** The engines. */
    public enum Kind {
        /** What the index was made with; else vector sets, if the server has them; else the query engine. */
        AUTO("auto"),
        /** Vector sets, in every Redis from 8.0 on. */
        VECTOR_SET("vector-set"),
        /** An index of the query engine: Redis 8 with its modules, Redis Stack, Redis Cloud. */
        QUERY_ENGINE("query-engine");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name in options and in the spec. */
        @Override
        public String toString() {
            return label;
        }
    }
}
