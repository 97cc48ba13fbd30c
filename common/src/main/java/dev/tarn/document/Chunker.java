package dev.tarn.document;

import dev.langchain4j.data.document.DocumentSplitter;
import dev.langchain4j.data.document.splitter.DocumentSplitters;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.source.SourceRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cuts a document into chunks along paragraphs, then lines, sentences, words and characters.
 *
 * <p>A splitter reads a sentence model when it is made, which takes longer than to split a page: they are kept.
 *
 * @see <a href="https://docs.langchain4j.dev/tutorials/rag#document-splitter">LangChain4j's recursive splitter</a>
 */
public final class Chunker {
    private static final int TITLE_STEP = 8;

    private final ChunkingSettings settings;
    private final TokenEstimate tokens = new TokenEstimate();
    private final Map<Integer, DocumentSplitter> splitters = new ConcurrentHashMap<>();

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
        List<String> texts = split(document.text(), room(title));
        if (texts.size() > settings.maxChunks()) {
            throw new PermanentFailure("the document has " + texts.size() + " chunks, more than the "
                    + settings.maxChunks() + " that --max-chunks allows");
        }
        List<Chunk> chunks = new ArrayList<>(texts.size());
        Set<String> seen = new HashSet<>();
        for (String text : texts) {
            String embeddingText = title.isEmpty() ? text : title + "\n\n" + text;
            String hash = Chunk.hashOf(embeddingText);
            if (seen.add(hash)) {
                chunks.add(new Chunk(chunks.size(), hash, text, embeddingText));
            }
        }
        return new ChunkedDocument(source, document.id(), document.withoutText(), chunks);
    }

    private List<String> split(String text, int room) {
        List<String> texts = new ArrayList<>();
        for (UnbrokenRuns.Stretch stretch : new UnbrokenRuns(tokens, room).cut(UnbrokenRuns.withoutLongBlanks(text))) {
            if (stretch.isPiece()) {
                texts.add(stretch.text());
            } else {
                splitters
                        .computeIfAbsent(room, this::splitter)
                        .split(dev.langchain4j.data.document.Document.from(stretch.text()))
                        .forEach(segment -> texts.add(segment.text()));
            }
        }
        return texts;
    }

    private DocumentSplitter splitter(int room) {
        return DocumentSplitters.recursive(room, Math.min(settings.overlap(), room / 2), tokens);
    }

    /** The tokens that a title leaves to the text, in steps, so that there are few different splitters. */
    private int room(String title) {
        int steps = (tokens.estimateTokenCountInText(title) + TITLE_STEP - 1) / TITLE_STEP;
        return settings.size() - steps * TITLE_STEP;
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
}
