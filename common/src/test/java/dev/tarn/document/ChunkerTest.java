package dev.tarn.document;

import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.PermanentFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {
    private static final int SIZE = 60;
    private static final ChunkingSettings SETTINGS = new ChunkingSettings(SIZE, 15, 1_000_000);
    private static final ChunkingSettings WITHOUT_OVERLAP = new ChunkingSettings(SIZE, 0, 1_000_000);
    private static final int MEGABYTE = 1 << 20;

    private final TokenEstimate tokens = new TokenEstimate();

    @Test
    void aShortTextIsOneChunkAsItIs() {
        String code = "def f(x):\n    return  x\n\nprint(f(1))";

        assertThat(texts(SETTINGS, null, code)).containsExactly(code);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void chunksCoverTheTextInOrderAndNoneIsAboveTheSize(long seed) {
        String text = anyText(new Random(seed));

        List<Chunk> chunks = chunk(SETTINGS, "Title " + seed, text).chunks();

        assertCovered("seed " + seed, text, chunks.stream().map(Chunk::text).toList());
        assertThat(chunks)
                .as("seed %d", seed)
                .allSatisfy(chunk -> assertThat(tokens.estimateTokenCountInText(chunk.embeddingText()))
                        .isBetween(1, SIZE));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void withoutOverlapEachCharacterIsInOneChunk(long seed) {
        String text = anyText(new Random(seed));

        String joined = String.join("", texts(WITHOUT_OVERLAP, null, text));

        assertThat(solid(joined).equals(solid(text))).as("seed %d", seed).isTrue();
    }

    @Test
    void aChunkRepeatsTheEndOfTheOneBeforeUpToTheOverlap() {
        StringBuilder prose = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            prose.append("Sentence ").append(word(i)).append(" is short. ");
        }

        List<String> texts = texts(SETTINGS, null, prose.toString());

        assertThat(texts).hasSizeGreaterThan(5);
        for (int i = 1; i < texts.size(); i++) {
            String repeated = commonEdge(texts.get(i - 1), texts.get(i));
            assertThat(tokens.estimateTokenCountInText(repeated)).isBetween(1, SETTINGS.overlap());
        }
    }

    @Test
    void aParagraphThatIsRepeatedGivesOneChunk() {
        String paragraph = "Replication copies data to other machines, ".repeat(3) + "and so on.";

        List<Chunk> chunks =
                chunk(WITHOUT_OVERLAP, null, (paragraph + "\n\n").repeat(50)).chunks();

        assertThat(chunks).hasSize(1);
        assertThat(chunks.get(0).index()).isZero();
    }

    @Test
    void indexesCountUpWithoutGaps() {
        List<Chunk> chunks = chunk(SETTINGS, null, anyText(new Random(9))).chunks();

        for (int i = 0; i < chunks.size(); i++) {
            assertThat(chunks.get(i).index()).isEqualTo(i);
        }
    }

    @Test
    void theTitleIsEmbeddedWithEachChunkButNotShown() {
        List<Chunk> chunks =
                chunk(SETTINGS, "  Data replication ", anyText(new Random(3))).chunks();

        assertThat(chunks)
                .hasSizeGreaterThan(1)
                .allSatisfy(
                        chunk -> assertThat(chunk.embeddingText()).isEqualTo("Data replication\n\n" + chunk.text()));
    }

    @Test
    void theHashNamesTheEmbeddingText() {
        String hash = chunk(SETTINGS, "Title", "One text.").chunks().get(0).hash();

        assertThat(hash).matches("[A-Za-z0-9_-]{22}");
        assertThat(chunk(SETTINGS, "Title", "One text.").chunks().get(0).hash()).isEqualTo(hash);
        assertThat(chunk(SETTINGS, "Other title", "One text.").chunks().get(0).hash())
                .isNotEqualTo(hash);
        assertThat(chunk(SETTINGS, null, "One text.").chunks().get(0).hash()).isNotEqualTo(hash);
        assertThat(chunk(SETTINGS, "Title", "Another text.").chunks().get(0).hash())
                .isNotEqualTo(hash);
    }

    @Test
    void aChunkThatStaysWhereAnotherChangesKeepsItsHash() {
        String before = prose(1) + "\n\n" + prose(2) + "\n\n" + prose(3);
        String after = prose(1) + "\n\n" + prose(4) + "\n\n" + prose(3);

        List<String> kept = hashes(WITHOUT_OVERLAP, before);
        kept.retainAll(hashes(WITHOUT_OVERLAP, after));

        assertThat(kept).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\n"})
    void aBlankTitleIsNone(String title) {
        assertThat(chunk(SETTINGS, title, "text").chunks().get(0).embeddingText())
                .isEqualTo("text");
    }

    @Test
    void aVeryLongTitleLeavesMostOfTheChunkToTheText() {
        for (String title :
                List.of("word ".repeat(50_000), "x".repeat(MEGABYTE), "😀".repeat(1_000), "標題".repeat(500))) {
            List<Chunk> chunks = chunk(SETTINGS, title, prose(1)).chunks();

            assertThat(chunks).allSatisfy(chunk -> {
                String embedded = chunk.embeddingText();
                String used =
                        embedded.substring(0, embedded.length() - chunk.text().length());
                assertThat(title).startsWith(used.strip());
                assertThat(tokens.estimateTokenCountInText(used)).isBetween(1, SIZE / 4);
                assertThat(tokens.estimateTokenCountInText(embedded)).isLessThanOrEqualTo(SIZE);
            });
        }
    }

    @Test
    void noCharacterIsCutInTwo() {
        for (int titleLength = 0; titleLength < 9; titleLength++) {
            String title = "t ".repeat(titleLength);
            String emoji = "a" + "😀".repeat(500) + "é".repeat(500) + "𠀀".repeat(500);

            List<String> texts = chunk(SETTINGS, title, emoji).chunks().stream()
                    .map(Chunk::text)
                    .toList();

            assertThat(texts)
                    .allSatisfy(text -> assertThat(text.codePoints())
                            .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
        }
    }

    @Test
    void textWithoutBlanksFillsAllChunksButTheLast() {
        String chinese = "複製是將資料保存在多台機器上".repeat(40);

        List<String> texts = texts(new ChunkingSettings(SIZE, 0, 1_000), null, numbered(chinese));

        assertThat(texts.subList(0, texts.size() - 1))
                .isNotEmpty()
                .allSatisfy(text ->
                        assertThat(tokens.estimateTokenCountInText(text)).isEqualTo(SIZE));
    }

    @Test
    @Timeout(60)
    void aMegabyteOfAnythingIsCutInSeconds() {
        List<String> units = List.of(
                "x", "7", ".", "-", "字", "😀", "xyz", "a.b", "x ", ". ", "\n", " ", "\u3000", "\u2028", "\t\n", "</p>");
        for (String unit : units) {
            String text = "from " + unit.repeat(MEGABYTE / unit.length()) + " to";

            List<Chunk> chunks = chunk(SETTINGS, "Title", text).chunks();

            assertThat(chunks).as(unit).isNotEmpty().allSatisfy(chunk -> {
                assertThat(tokens.estimateTokenCountInText(chunk.embeddingText()))
                        .isLessThanOrEqualTo(SIZE);
                assertThat(chunk.text().length()).isLessThan(SIZE * 70);
            });
        }
    }

    @Test
    void aLongGapIsTheBreakThatItIs() {
        assertThat(texts(SETTINGS, null, "one" + " ".repeat(1_000) + "two")).containsExactly("one two");
        assertThat(texts(SETTINGS, null, "one\n" + " ".repeat(1_000) + "two")).containsExactly("one\ntwo");
        assertThat(texts(SETTINGS, null, "one" + "\n".repeat(1_000) + "two")).containsExactly("one\n\ntwo");
    }

    @Test
    void moreChunksThanAllowedAreRefused() {
        ChunkingSettings two = new ChunkingSettings(SIZE, 0, 2);

        assertThatThrownBy(() -> chunk(two, null, anyText(new Random(1))))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("more than the 2 that --max-chunks allows");
    }

    @Test
    void theChunkedDocumentHoldsAllButTheText() {
        ChunkedDocument chunked = chunk(SETTINGS, "Title", "text");

        assertThat(chunked.document().text()).isNull();
        assertThat(chunked.document().title()).isEqualTo("Title");
        assertThat(chunked.isDelete()).isFalse();
    }

    @Test
    void aDeleteHasNoChunks() {
        ChunkedDocument deleted = Chunker.delete(record(1, "a", null), "a");

        assertThat(deleted.isDelete()).isTrue();
        assertThat(deleted.id()).isEqualTo("a");
        assertThat(deleted.chunks()).isEmpty();
    }

    @Test
    void settingsThatCutNothingWellAreRefused() {
        for (int[] wrong : new int[][] {{15, 0, 1}, {16, -1, 1}, {16, 9, 1}, {16, 0, 0}}) {
            assertThatThrownBy(() -> new ChunkingSettings(wrong[0], wrong[1], wrong[2]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("--chunk-size", "--chunk-overlap", "--max-chunks");
        }
    }

    @Test
    void theSmallestSettingsCutAnything() {
        ChunkingSettings smallest = new ChunkingSettings(16, 8, 1_000_000);
        String text = anyText(new Random(5));

        List<Chunk> chunks = chunk(smallest, "A title of some length", text).chunks();

        assertThat(chunks)
                .allSatisfy(chunk -> assertThat(tokens.estimateTokenCountInText(chunk.embeddingText()))
                        .isBetween(1, 16));
    }

    private static ChunkedDocument chunk(ChunkingSettings settings, String title, String text) {
        Document document = new Document("a", title, text, null, null, "default", null, Map.of());
        return new Chunker(settings).chunk(record(1, "a", "{}"), document);
    }

    private static List<String> texts(ChunkingSettings settings, String title, String text) {
        return chunk(settings, title, text).chunks().stream().map(Chunk::text).toList();
    }

    private static List<String> hashes(ChunkingSettings settings, String text) {
        return new ArrayList<>(
                chunk(settings, null, text).chunks().stream().map(Chunk::hash).toList());
    }

    /** Follows the chunks through the text; each starts within or right after what came before, and goes on from there. */
    private static void assertCovered(String description, String text, List<String> chunks) {
        String whole = solid(text);
        int covered = 0;
        for (String chunk : chunks) {
            String part = solid(chunk);
            int start = covered;
            while (start >= 0 && !(whole.startsWith(part, start) && start + part.length() > covered)) {
                start--;
            }
            assertThat(start).as("%s: start of %s", description, chunk).isNotNegative();
            covered = start + part.length();
        }
        assertThat(covered).as(description).isEqualTo(whole.length());
    }

    private static String solid(String text) {
        StringBuilder solid = new StringBuilder();
        text.codePoints().filter(c -> !Character.isWhitespace(c)).forEach(solid::appendCodePoint);
        return solid.toString();
    }

    private static String commonEdge(String before, String after) {
        for (int length = Math.min(before.length(), after.length()); length > 0; length--) {
            if (before.endsWith(after.substring(0, length))) {
                return after.substring(0, length);
            }
        }
        return "";
    }

    /** All kinds of text in one, with nothing repeated. */
    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            switch (random.nextInt(8)) {
                case 0 -> random.ints(random.nextInt(200), 0x4e00, 0x9fff).forEach(text::appendCodePoint);
                case 1 -> random.ints(random.nextInt(80), 0x1f600, 0x1f640).forEach(text::appendCodePoint);
                case 2 -> random.ints(random.nextInt(2_000), 'a', 'z').forEach(text::appendCodePoint);
                case 3 ->
                    text.append("for (int i = 0; i < ")
                            .append(random.nextInt())
                            .append("; i++) {\n    x += ")
                            .append(random.nextInt())
                            .append("; }\n");
                case 4 -> text.append(" ".repeat(random.nextInt(200)));
                case 5 -> text.append("\r\n".repeat(random.nextInt(4)));
                default -> text.append(prose(random.nextInt())).append(random.nextBoolean() ? "\n\n" : " ");
            }
        }
        return text.toString();
    }

    private static String prose(int seed) {
        Random random = new Random(seed);
        StringBuilder prose = new StringBuilder();
        for (int sentence = 0; sentence < 4; sentence++) {
            prose.append("It");
            for (int i = 0; i < 8; i++) {
                prose.append(' ').append(word(random.nextInt(1_000_000)));
            }
            prose.append(". ");
        }
        return prose.toString().strip();
    }

    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        for (int rest = Math.abs(number) + 1; rest > 0; rest /= 20) {
            word.append((char) ('a' + rest % 20)).append('o');
        }
        return word.toString();
    }

    private static String numbered(String text) {
        StringBuilder numbered = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            numbered.append(text.charAt(i));
            if (i % 7 == 0) {
                numbered.append((char) (0x5000 + i));
            }
        }
        return numbered.toString();
    }
}
