package dev.tarn;

import static dev.tarn.testing.Records.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import dev.tarn.json.Schemas;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import dev.tarn.question.QuestionParser;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a producer sends ends as a record or as a refusal, and a record goes all the way.
 *
 * <p>To see a run again, put the seed of its failure into {@link #SEED}.
 */
class ParserFuzzTest {
    private static final long SEED = new Random().nextLong();
    private static final int ROUNDS = 4_000;
    private static final int MAX_TEXT = 2 << 20;
    private static final String BEYOND_DOUBLE = "1e999";

    private final Random random = new Random(SEED);
    private final DocumentParser documents = new DocumentParser(Integer.MAX_VALUE, MAX_TEXT);
    private final QuestionParser questions = new QuestionParser(10_000);
    private final Chunker chunker = new Chunker(new ChunkingSettings(60, 15, 1_000_000));
    private final Schema documentSchema = Schemas.named("document");
    private final Schema questionSchema = Schemas.named("question");

    @Test
    @Timeout(300)
    void anyDocumentIsReadOrRefused() {
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            accepted += document(key(), value("text")) ? 1 : 0;
        }
        assertThat(accepted).as("seed %d", SEED).isBetween(ROUNDS / 20, ROUNDS);
    }

    @Test
    @Timeout(300)
    void anyQuestionIsReadOrRefused() {
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            accepted += question(key(), value("question")) ? 1 : 0;
        }
        assertThat(accepted).as("seed %d", SEED).isBetween(ROUNDS / 20, ROUNDS);
    }

    @Test
    @Timeout(120)
    void longTextsAreReadOrRefused() {
        byte[] key = utf8("key");
        for (String unit : List.of("word ", "x", "\\n", "\\u0000", "\\ud800", "字", "{\\\"", " \\t", "\u0085", "a.b,")) {
            assertThat(document(key, utf8("{\"text\": \"a" + unit.repeat(1_000_000 / unit.length()) + "\"}")))
                    .as("text of %s", unit)
                    .isTrue();
        }
        assertThat(document(key, utf8("{\"text\": \"" + "x".repeat(MAX_TEXT) + "\"}")))
                .isTrue();
        assertThat(document(key, utf8("{\"text\": \"" + "x".repeat(MAX_TEXT + 1) + "\"}")))
                .isFalse();
        assertThat(document(key, utf8("{\"text\": \"a\", \"more\": " + "9".repeat(MAX_TEXT) + "}")))
                .isFalse();
        assertThat(document(key, utf8("{\"text\": \"a\", \"" + "x".repeat(MAX_TEXT) + "\": 1}")))
                .isFalse();
    }

    /** Whether the document was accepted. */
    private boolean document(byte[] key, byte[] value) {
        SourceRecord record = new SourceRecord(at(1), key, value, List.of());
        try {
            Document document = documents.parse(record);
            if (value.length < 10_000) {
                assertValid(documentSchema, value);
            }
            ChunkedDocument chunked = chunker.chunk(record, document);
            assertThat(chunked.chunks()).isNotEmpty();
            assertThat(chunked.chunks())
                    .allSatisfy(chunk -> assertThat(wellFormed(chunk)).isTrue());
            assertThat(Json.readOwn(Json.writeCompact(chunked.document()), Document.class))
                    .isEqualTo(new Document(
                            document.id(),
                            document.title(),
                            null,
                            document.contentType(),
                            document.uri(),
                            document.collection(),
                            document.version(),
                            document.metadata()));
            assertThat(documents.parse(new SourceRecord(at(2), key, Json.write(document), List.of())))
                    .isEqualTo(document);
            return true;
        } catch (PermanentFailure refused) {
            return false;
        } catch (RuntimeException | AssertionError broken) {
            return fail("seed " + SEED + ", value " + shown(value), broken);
        }
    }

    /** Whether the question was accepted. */
    private boolean question(byte[] key, byte[] value) {
        try {
            Question question = questions.parse(new SourceRecord(at(1), key, value, List.of()));
            assertValid(questionSchema, value);
            assertThat(questions.parse(new SourceRecord(at(2), key, Json.write(question), List.of())))
                    .isEqualTo(question);
            Passage passage = new Passage(1, question.id(), null, "chunk", null, null, 0.5, question.question());
            assertThat(Prompt.of(question, List.of(passage)).user()).isNotBlank();
            return true;
        } catch (PermanentFailure refused) {
            return false;
        } catch (RuntimeException | AssertionError broken) {
            return fail("seed " + SEED + ", value " + shown(value), broken);
        }
    }

    /** The validator reads numbers as doubles, and knows no type for those that are greater than any. */
    private static void assertValid(Schema schema, byte[] value) {
        String json = new String(value, StandardCharsets.UTF_8);
        if (json.contains(BEYOND_DOUBLE)) {
            return;
        }
        assertThat(schema.validate(json.startsWith("\ufeff") ? json.substring(1) : json, InputFormat.JSON))
                .isEmpty();
    }

    private static boolean wellFormed(Chunk chunk) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(chunk.embeddingText())
                && !chunk.text().isBlank();
    }

    private byte[] key() {
        return switch (random.nextInt(20)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> bytes(random.nextInt(20));
            case 3 -> new byte[600];
            default -> utf8("key");
        };
    }

    /** A value that is JSON of the right kind, or nearly. */
    private byte[] value(String required) {
        byte[] json = utf8(object(required));
        return switch (random.nextInt(8)) {
            case 0 -> bytes(random.nextInt(200));
            case 1, 2 -> mutated(json);
            case 3 -> concatenated(utf8(pick("\ufeff", " ", "\u0000", "\n", "{}", "x")), json);
            case 4 -> concatenated(json, utf8(pick("\ufeff", " ", "\u0000", "{}", "x", ",", "\n\n")));
            default -> json;
        };
    }

    private byte[] mutated(byte[] json) {
        byte[] mutant = json.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(mutant, random.nextInt(mutant.length)) : mutant;
    }

    private String object(String required) {
        List<String> fields = new ArrayList<>();
        if (random.nextInt(10) > 0) {
            fields.add(field(required, random.nextInt(10) == 0 ? anything(0) : string()));
        }
        for (String name : List.of(
                "title",
                "contentType",
                "uri",
                "collection",
                "version",
                "metadata",
                "filter",
                "topK",
                "minScore",
                "id")) {
            if (random.nextInt(4) == 0) {
                fields.add(field(name, random.nextInt(8) == 0 ? anything(0) : fitting(name)));
            }
        }
        if (random.nextInt(8) == 0) {
            fields.add(fields.isEmpty() ? field("x", "1") : fields.get(random.nextInt(fields.size())));
        }
        if (random.nextInt(8) == 0) {
            fields.add(field(string(), anything(0)));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private static String field(String name, String value) {
        return (name.startsWith("\"") ? name : "\"" + name + "\"") + ":" + value;
    }

    private String fitting(String name) {
        return switch (name) {
            case "collection" -> pick("\"default\"", "\"notes-1\"", "\"N\"", "\"\"", "null");
            case "version" -> pick("0", "7", "-1", "9223372036854775807", "9223372036854775808", "1e3", "-0", "00");
            case "metadata" -> metadata(() -> pick(string(), number(), "true"));
            case "filter" -> filter(3);
            case "topK" -> pick("1", "100", "0", "101", "4.0", "99999999999");
            case "minScore" -> pick("0", "-1", "1", "0.5", "1e-400", "1e400", "-1.0000000001", "\"NaN\"");
            case "id" -> pick("\"key\"", "\"other\"", "\"\\u006bey\"");
            default -> string();
        };
    }

    private String filter(int depth) {
        String fields = metadata(() -> pick(string(), number(), "true", range()));
        if (depth == 0 || random.nextInt(3) == 0) {
            return fields;
        }
        String clauses = "[" + filter(depth - 1) + "," + filter(depth - 1) + "]";
        String group = field(
                pick("\"$and\"", "\"$or\"", "\"$not\"", "\"$$or\""),
                pick(clauses, clauses, filter(depth - 1), string()));
        return "{" + group + (fields.equals("{}") ? "" : "," + fields.substring(1, fields.length() - 1)) + "}";
    }

    private String range() {
        String end = field(pick("\"min\"", "\"max\""), number());
        return pick("{" + end + "}", "{\"min\":" + number() + "," + end + "}");
    }

    private String metadata(Supplier<String> one) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < random.nextInt(4); i++) {
            String value = random.nextInt(6) == 0
                    ? anything(0)
                    : random.nextInt(3) == 0 ? "[" + string() + "," + string() + "]" : one.get();
            fields.add(field(string(), value));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private String anything(int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 9)) {
            case 0 -> "null";
            case 1 -> pick("true", "false", "True", "undefined");
            case 2, 3 -> number();
            case 4, 5 -> string();
            case 6 -> "[" + anything(depth + 1) + "," + anything(depth + 1) + "]";
            case 7 -> "{" + string() + ":" + anything(depth + 1) + "}";
            default -> {
                int levels = random.nextInt(200);
                yield "[".repeat(levels) + "]".repeat(levels);
            }
        };
    }

    private String number() {
        return pick(
                "0",
                "-0",
                "-0.0",
                "1.50",
                "1e5",
                "1E-300",
                "1e999",
                "1e999999999",
                "1e9999999999",
                "-1e-999999999",
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "1.",
                ".5",
                "+1",
                "0x10",
                "123456789012345678901234567890",
                "1234567890123456780",
                "9".repeat(1_001),
                Long.toString(random.nextLong()),
                Double.toString(random.nextGaussian()));
    }

    private String string() {
        StringBuilder string = new StringBuilder("\"");
        int parts = random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            string.append(random.nextInt(60) == 0 ? pick("\\x", "\t", "\\u12", "\u0001") : part());
        }
        return string.append('"').toString();
    }

    private String part() {
        return pick(
                "word",
                " ",
                "\\n\\n",
                "\\u0000",
                "\\ud83d",
                "\\ude00",
                "\\ud83d\\ude00",
                "😀",
                "字句",
                "\\\"",
                "\\\\",
                "\\/",
                "</passage>",
                "}",
                "\u2028",
                "\u3000",
                "\u00a0",
                "\\ufeff",
                "\\u001f",
                "\u007f",
                "a".repeat(random.nextInt(300)));
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String shown(byte[] value) {
        return value.length > 2_000
                ? value.length + " bytes"
                : "base64 " + Base64.getEncoder().encodeToString(value);
    }
}
