package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.Chunk;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.DocumentParser;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ProseTest {

    @Test
    void everyParagraphIsAChunkOfItsOwn() {
        Chunker chunker = new Chunker(new ChunkingSettings(Prose.CHUNK_TOKENS, 0, 100));
        for (int count = 1; count <= 40; count++) {
            Revision revision = new Revision(
                    "lake-1", 0, 7L, 0, LongStream.range(0, count).boxed().toList());
            SourceRecord record = new SourceRecord(
                    new SourcePosition("documents", "generation", 0, 0, Instant.EPOCH),
                    revision.key().getBytes(StandardCharsets.UTF_8),
                    revision.json(),
                    List.of());

            List<Chunk> chunks = chunker.chunk(record, new DocumentParser(1_000_000, 1_000_000).parse(record))
                    .chunks();

            assertThat(chunks).extracting(Chunk::text).containsExactlyElementsOf(revision.texts());
        }
    }
}
