package dev.tarn.local.benchmark;

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
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Documents to measure with.
 *
 * @param documents as they are published
 * @param chunks for each document those that it is cut into
 * @param seed of what documents like these are made of
 */
record Workload(List<InputDocument> documents, List<List<Chunk>> chunks, long seed) {
    static final String COLLECTION = "benchmark";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Reads documents as {@code tarn publish} does.
     *
     * @throws IOException when the path can't be read
     * @throws IllegalArgumentException when a document can't be published, or there is none
     */
    static Workload read(Path path, long seed) throws IOException {
        List<InputDocument> documents = new ArrayList<>();
        new DocumentReader(COLLECTION).read(path, path, new DocumentReader.Handler() {
            @Override
            public void document(InputDocument document) {
                documents.add(document);
            }

            @Override
            public void refused(InputException refusal) {
                throw new IllegalArgumentException(refusal.getMessage(), refusal);
            }
        });
        if (documents.isEmpty()) {
            throw new IllegalArgumentException("there are no documents in " + path);
        }
        return of(documents, seed);
    }

    static Workload of(List<InputDocument> documents, long seed) {
        Chunker chunker = new Chunker(ChunkingSettings.DEFAULT);
        return new Workload(
                List.copyOf(documents),
                documents.stream().map(document -> chunks(chunker, document)).toList(),
                seed);
    }

    private static List<Chunk> chunks(Chunker chunker, InputDocument document) {
        SourceRecord record = new SourceRecord(
                new SourcePosition("benchmark", "", 0, 0, Instant.EPOCH),
                document.id().getBytes(StandardCharsets.UTF_8),
                document.json(),
                List.of());
        return chunker.chunk(record, DocumentParser.UNLIMITED.parse(record)).chunks();
    }

    /**
     * Documents like these, but under other ids, with other titles, and with the sentences of all dealt out anew, so that no
     * chunk of theirs is known and none is nearly another.
     *
     * @param token of letters and digits, that was not used before
     * @param least how many chunks there have to be
     */
    Workload like(String token, int least) {
        List<InputDocument> dealt = new ArrayList<>();
        Iterator<InputDocument> endless = endlessly(token);
        int found = 0;
        Chunker chunker = new Chunker(ChunkingSettings.DEFAULT);
        List<List<Chunk>> cut = new ArrayList<>();
        while (found < least || dealt.isEmpty() || dealt.size() % documents.size() != 0) {
            InputDocument document = endless.next();
            dealt.add(document);
            cut.add(chunks(chunker, document));
            found += cut.get(cut.size() - 1).size();
        }
        return new Workload(dealt, cut, seed);
    }

    /** The same documents as those that {@link #like} begins with, and so on without end. */
    Iterator<InputDocument> endlessly(String token) {
        SentenceDeck deck = deck();
        return Stream.iterate(0, deal -> deal + 1)
                .flatMap(deal -> {
                    String name = token + "x" + deal;
                    Iterator<String> texts =
                            deck.deal(new Random(seed * 31 + name.hashCode())).iterator();
                    return documents.stream().map(document -> dealt(document, name, texts.next()));
                })
                .iterator();
    }

    /** What the documents are made of. */
    SentenceDeck deck() {
        return new SentenceDeck(documents.stream()
                .map(document -> read(document).path("text").asText(""))
                .toList());
    }

    /** The documents some times, in one stream. */
    List<InputDocument> times(int count) {
        return Collections.nCopies(count, documents).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The same document with another title, which is part of each of its chunks. */
    static InputDocument retitled(InputDocument document, String token) {
        return written(document.id(), read(document), token);
    }

    /** The same document under another id, which is part of none of its chunks. */
    static InputDocument renamed(InputDocument document, String id) {
        return new InputDocument(id, read(document).put("id", id).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static InputDocument dealt(InputDocument document, String name, String text) {
        return written(name + "/" + document.id(), read(document).put("text", text), name);
    }

    private static InputDocument written(String id, ObjectNode json, String token) {
        String title = token + " " + json.path("title").asText("");
        json.put("id", id).put("title", title.strip()).put("collection", COLLECTION);
        return new InputDocument(id, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode read(InputDocument document) {
        try {
            return (ObjectNode) MAPPER.readTree(document.json());
        } catch (IOException e) {
            throw new UncheckedIOException("it was read before", e);
        }
    }

    /** A document of this text and nothing else. */
    static InputDocument document(String id, String text) {
        ObjectNode json =
                MAPPER.createObjectNode().put("id", id).put("text", text).put("collection", COLLECTION);
        return new InputDocument(id, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What is embedded, in the order in which it is published. */
    List<String> texts() {
        return chunks.stream().flatMap(List::stream).map(Chunk::embeddingText).toList();
    }

    /** How many chunks there are. */
    int size() {
        return chunks.stream().mapToInt(List::size).sum();
    }
}
