package dev.tarn.document;

import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.langchain4j.data.segment.TextSegment;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Cuts a document into chunks along paragraphs, then lines, sentences, words and characters.
 *
 * @see <a href="https://docs.langchain4j.dev/tutorials/rag#document-splitter">LangChain4j's recursive splitter</a>
 */
public final class Chunker {
    private static final int HASH_BYTES = 16;

    private final ChunkingSettings settings;
    private final TokenEstimate tokens = new TokenEstimate();

    public Chunker(ChunkingSettings settings) {
        this.settings = settings;
    }

    /**
     * Cuts the document. A text that repeats itself gives each chunk once.
     *
     * @throws PermanentFailure when it has more chunks than are allowed
     */
    public ChunkedDocument chunk(SourceRecord source, Document document) {
        String title = embeddedTitle(document.title());
        int room = settings.size() - tokens.estimateTokenCountInText(title);
        List<TextSegment> segments = DocumentSplitters.recursive(room, Math.min(settings.overlap(), room / 2), tokens)
                .split(dev.langchain4j.data.document.Document.from(document.text()));
        if (segments.size() > settings.maxChunks()) {
            throw new PermanentFailure("the document has " + segments.size() + " chunks, more than the "
                    + settings.maxChunks() + " that --max-chunks allows");
        }
        List<Chunk> chunks = new ArrayList<>(segments.size());
        Set<String> seen = new HashSet<>();
        for (TextSegment segment : segments) {
            String embeddingText = title.isEmpty() ? segment.text() : title + "\n\n" + segment.text();
            String hash = hash(embeddingText);
            if (seen.add(hash)) {
                chunks.add(new Chunk(chunks.size(), hash, segment.text(), embeddingText));
            }
        }
        return new ChunkedDocument(source, document.id(), document.withoutText(), chunks);
    }

    /** What a tombstone leaves of a document. */
    public static ChunkedDocument delete(SourceRecord source, String id) {
        return new ChunkedDocument(source, id, null, List.of());
    }

    /** The title, cut to what leaves most of a chunk to the text. */
    private String embeddedTitle(String title) {
        if (title == null || title.isBlank()) {
            return "";
        }
        String cut = title.strip();
        while (tokens.estimateTokenCountInText(cut) > settings.size() / 4) {
            cut = cut.substring(0, cut.offsetByCodePoints(0, cut.codePointCount(0, cut.length()) * 3 / 4));
        }
        return cut;
    }

    private static String hash(String embeddingText) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(embeddingText.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
