package dev.tarn.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.Chunk;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.testing.Records;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkOverlapTest {

    @Test
    void whatIsRepeatedIsThereOnce() {
        assertThat(joined("One is first. Two is\nsecond.", "Two is second. Three is third."))
                .isEqualTo("One is first. Two is\nsecond. Three is third.");
        assertThat(joined("a b c", "a b c")).isEqualTo("a b c");
    }

    @Test
    void whatIsTheSameByChanceIsKept() {
        assertThat(joined("It is on disk.", "On disk. There is more."))
                .isEqualTo("It is on disk.\nOn disk. There is more.");
        assertThat(joined("to be", "to be or not")).isEqualTo("to be\nto be or not");
        assertThat(joined("", "first")).isEqualTo("first");
    }

    @Test
    void theChunksOfATextGiveTheTextAgain() {
        String text = IntStream.range(0, 200)
                .mapToObj(i -> "Sentence number " + i + " says something about the thing called " + 7 * i + ".")
                .collect(Collectors.joining(" "));
        Document document = new Document("a", null, text, null, null, "default", null, Map.of());
        List<Chunk> chunks = new Chunker(new ChunkingSettings(100, 30, 1_000))
                .chunk(Records.record(1, "a", "{}"), document)
                .chunks();

        String joined = joined(chunks.stream().map(Chunk::text).toArray(String[]::new));

        assertThat(chunks).hasSizeGreaterThan(5);
        assertThat(joined.replaceAll("\\s+", " ")).isEqualTo(text);
    }

    private static String joined(String... chunks) {
        StringBuilder text = new StringBuilder();
        for (String chunk : chunks) {
            ChunkOverlap.append(text, chunk);
        }
        return text.toString();
    }
}
