package dev.tarn.local.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.document.Chunk;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.DocumentParser;
import dev.tarn.local.input.DocumentReader;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.input.InputException;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents that are measured with, and the texts that they are embedded as.
 *
 * @param documents as they are published
 * @param texts for each document those of its chunks
 */
public record Workload(List<InputDocument> documents, List<List<String>> texts) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads and chunks documents.
     *
     * @throws IOException when the path can't be read
     */
    public static Workload read(Path path, ChunkingSettings chunking) throws IOException {
        List<InputDocument> documents = new ArrayList<>();
        new DocumentReader(null).read(path, path, new DocumentReader.Handler() {
            @Override
            public void document(InputDocument document) {
                documents.add(document);
            }

            @Override
            public void refused(InputException refusal) {
                throw new IllegalArgumentException(refusal.getMessage(), refusal);
            }
        });
        Chunker chunker = new Chunker(chunking);
        return new Workload(
                documents,
                documents.stream().map(document -> texts(chunker, document)).toList());
    }

    private static List<String> texts(Chunker chunker, InputDocument document) {
        SourceRecord record = new SourceRecord(
                new SourcePosition("benchmark", "", 0, 0, Instant.EPOCH),
                document.id().getBytes(StandardCharsets.UTF_8),
                document.json(),
                List.of());
        return chunker.chunk(record, DocumentParser.UNLIMITED.parse(record)).chunks().stream()
                .map(Chunk::embeddingText)
                .toList();
    }

    /** How many chunks there are. */
    public int chunks() {
        return texts.stream().mapToInt(List::size).sum();
    }

    /** The same documents under ids of their own, in a collection of their own. */
    static InputDocument renamed(InputDocument document, String prefix) {
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(document.json());
            String id = prefix + document.id();
            json.put("id", id).put("collection", "benchmark");
            return new InputDocument(id, MAPPER.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was read before", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
