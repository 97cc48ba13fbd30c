package dev.tarn.document;

import java.io.Serializable;

/**
 * How documents are cut.
 *
 * @param size the most a chunk may hold together with its title, in estimated tokens
 * @param overlap how much of a chunk may be repeated at the start of the next, in estimated tokens
 * @param maxChunks the most chunks that one document may have
 */
public record ChunkingSettings(int size, int overlap, int maxChunks) implements Serializable {
    private static final int SMALLEST = 16;

    /** all-minilm reads 256 tokens, two of which are its own marks, and ignores the rest without a word. */
    public static final ChunkingSettings DEFAULT = new ChunkingSettings(240, 40, 10_000);

    public ChunkingSettings {
        if (size < SMALLEST || overlap < 0 || overlap > size / 2 || maxChunks < 1) {
            throw new IllegalArgumentException("--chunk-size must be at least " + SMALLEST
                    + ", --chunk-overlap from 0 to half of it, and --max-chunks at least 1");
        }
    }
}
