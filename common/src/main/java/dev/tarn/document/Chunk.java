package dev.tarn.document;

/**
 * A piece of a document's text, small enough to be embedded whole.
 *
 * @param index its place in the document, from 0
 * @param hash names the embedding text: 128 bits of SHA-256, URL-safe base64
 * @param text what is shown and cited
 * @param embeddingText what is embedded: the document's title, then the text
 */
public record Chunk(int index, String hash, String text, String embeddingText) {

    /** The place and the hash; never the content. */
    @Override
    public String toString() {
        return "Chunk[" + index + ", " + hash + "]";
    }
}
