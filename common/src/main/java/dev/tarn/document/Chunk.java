package dev.tarn.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A piece of a document's text, small enough to be embedded whole.
 *
 * @param index its place in the document, from 0
 * @param hash names the embedding text, see {@link #hashOf}
 * @param text what is shown and cited
 * @param embeddingText what is embedded: the document's title, then the text
 */
public record Chunk(int index, String hash, String text, String embeddingText) {
    private static final int HASH_BYTES = 16;

    /** The name of a text that is embedded: 128 bits of SHA-256, URL-safe base64. */
    public static String hashOf(String embeddingText) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(embeddingText.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The place and the hash; never the content. */
    @Override
    public String toString() {
        return "Chunk[" + index + ", " + hash + "]";
    }
}
