package dev.tarn.redis;

import static dev.tarn.testing.Records.record;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.source.SourcePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The records of one document in the order in which they were published: puts and deletes, with versions and without, in
 * one log or in several.
 */
final class RandomRecords {
    static final String ID = "d";
    static final List<String> COLLECTIONS = List.of("default", "other");
    private static final List<String> TEXTS = List.of("a", "b", "c", "d", "e", "f");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private enum Versions {
        NONE,
        EACH,
        SOME
    }

    private final Random random;
    private final Versions versions;
    private final boolean severalLogs;
    private final List<ChunkedDocument> records = new ArrayList<>();
    private final Map<String, Long> nextOffsets = new TreeMap<>();
    private int logs = 1;
    private long seconds = 1_000;

    private RandomRecords(Random random) {
        this.random = random;
        this.versions = Versions.values()[random.nextInt(3)];
        this.severalLogs = random.nextInt(3) == 0;
    }

    static List<ChunkedDocument> draw(Random random) {
        RandomRecords drawn = new RandomRecords(random);
        int count = 2 + random.nextInt(6);
        while (drawn.records.size() < count) {
            drawn.records.add(drawn.next());
        }
        List<ChunkedDocument> records = drawn.records;
        for (int round = 0; round < count; round++) {
            records.replaceAll(record -> LatestRecord.isAmbiguous(record, records) ? versioned(record, 5L) : record);
        }
        return List.copyOf(records);
    }

    private ChunkedDocument next() {
        SourcePosition position = nextPosition();
        if (random.nextInt(4) == 0) {
            return Chunker.delete(record(position, ID, null), ID);
        }
        if (random.nextInt(5) == 0 && !records.isEmpty()) {
            ChunkedDocument last = records.get(records.size() - 1);
            if (!last.isDelete()) {
                return new ChunkedDocument(record(position, ID, "{}"), ID, last.document(), last.chunks());
            }
        }
        List<String> texts = new ArrayList<>(TEXTS);
        Collections.shuffle(texts, random);
        return put(
                position,
                COLLECTIONS.get(random.nextInt(5) == 0 ? 1 : 0),
                nextVersion(),
                random.nextInt(2),
                texts.subList(0, 1 + random.nextInt(4)));
    }

    /** A document of these chunks; the week is its metadata, and its address. */
    static ChunkedDocument put(SourcePosition position, String collection, Long version, int week, List<String> texts) {
        Document document = new Document(
                ID,
                "The same title",
                null,
                "text/plain",
                "week " + week,
                collection,
                version,
                Map.of("week", MetadataValue.of("" + week)));
        List<Chunk> chunks = new ArrayList<>();
        for (String text : texts) {
            chunks.add(new Chunk(chunks.size(), text, text, text));
        }
        return new ChunkedDocument(record(position, ID, "{}"), ID, document, chunks);
    }

    private Long nextVersion() {
        return switch (versions) {
            case NONE -> null;
            case EACH -> (long) random.nextInt(4);
            case SOME -> random.nextBoolean() ? (long) random.nextInt(4) : null;
        };
    }

    /** Partitions are added, and topics created again; where there is one log only, its timestamps go back at times. */
    private SourcePosition nextPosition() {
        seconds += severalLogs ? random.nextInt(3) : random.nextInt(7) - 3;
        if (severalLogs && random.nextInt(2) == 0) {
            logs = Math.min(logs + 1, 4);
        }
        int log = severalLogs && random.nextInt(5) == 0 ? random.nextInt(logs) : logs - 1;
        SourcePosition first =
                new SourcePosition("documents", "generation-" + log / 2, 1 - log % 2, 0, START.plusSeconds(seconds));
        long offset = nextOffsets.merge(first.log(), 1L + random.nextInt(3), Long::sum);
        return new SourcePosition(first.topic(), first.generation(), first.partition(), offset, first.timestamp());
    }

    private static ChunkedDocument versioned(ChunkedDocument record, long version) {
        Document plain = record.document();
        Document document = new Document(
                plain.id(),
                plain.title(),
                plain.text(),
                plain.contentType(),
                plain.uri(),
                plain.collection(),
                version,
                plain.metadata());
        return new ChunkedDocument(record.source(), record.id(), document, record.chunks());
    }
}
