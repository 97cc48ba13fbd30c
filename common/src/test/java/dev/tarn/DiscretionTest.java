package dev.tarn;

import static dev.tarn.testing.Records.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.answer.GroundedAnswer;
import dev.tarn.deadletter.DeadLetter;
import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Search;
import dev.tarn.model.Generation;
import dev.tarn.question.Answer;
import dev.tarn.question.Clause;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import dev.tarn.redis.RedisSettings;
import dev.tarn.security.Tls;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A record that ends up in a log line shows neither content nor secrets. */
class DiscretionTest {
    private static final String SECRET = "what nobody may see";
    private static final Map<String, MetadataValue> METADATA = Map.of("field", MetadataValue.of(SECRET));
    private static final Document DOCUMENT = new Document("a", SECRET, SECRET, null, SECRET, "default", null, METADATA);
    private static final SourceRecord SOURCE =
            new SourceRecord(at(1), bytes("a"), bytes(SECRET), List.of(new SourceHeader("header", bytes(SECRET))));
    private static final ChunkedDocument CHUNKED =
            new ChunkedDocument(SOURCE, "a", DOCUMENT, List.of(new Chunk(0, "hash", SECRET, SECRET)));
    private static final Filter FILTER = Filter.of(METADATA);
    private static final Question QUESTION = new Question("q", SECRET, "default", 4, FILTER, 0.5);
    private static final Passage PASSAGE = new Passage(1, "a", 1L, "chunk", SECRET, SECRET, 0.5, SECRET);
    private static final Answer.Statement STATEMENT = new Answer.Statement(SECRET, List.of(1), 0.9, true);

    static Stream<Object> records() {
        return Stream.of(
                DOCUMENT,
                SOURCE,
                SOURCE.headers(),
                CHUNKED,
                CHUNKED.chunks(),
                METADATA,
                MetadataValue.of(List.of(SECRET)),
                FILTER,
                FILTER.clause(),
                Filter.of(new Clause(Map.of(), List.of(), List.of(), FILTER.clause())),
                QUESTION,
                PASSAGE,
                Prompt.of(QUESTION, List.of(PASSAGE)),
                new Generation(SECRET, 1, 1, true),
                new Answer(
                        "q",
                        SECRET,
                        Answer.Status.ANSWERED,
                        SECRET,
                        List.of(STATEMENT),
                        0.9,
                        List.of(PASSAGE),
                        "model",
                        "model",
                        SECRET,
                        new Answer.Timings(1, 1, 1, 1, 4),
                        new Answer.Tokens(1, 1),
                        Instant.EPOCH),
                STATEMENT,
                new GroundedAnswer(
                        Answer.Status.FAILED, SECRET, List.of(STATEMENT), 0.9, List.of(PASSAGE), SECRET, null, 2, 0, 0),
                new EmbeddedDocument(
                        CHUNKED, new Plan(Plan.State.WRITE, 0, Map.of(), Map.of(), Map.of()), List.of(new float[] {1})),
                new Search("default", new float[] {1}, 4, 0.5, FILTER),
                DeadLetter.of(SOURCE, "parse", new PermanentFailure("the document has no text")),
                new RedisSettings(
                        URI.create("redis://u:" + SECRET.replace(" ", "") + "@localhost"),
                        "user",
                        null,
                        Tls.DEFAULT,
                        Duration.ofSeconds(1),
                        1));
    }

    @ParameterizedTest
    @MethodSource("records")
    void noRecordShowsWhatItHolds(Object holder) {
        assertThat(holder.toString()).doesNotContain(SECRET, SECRET.replace(" ", ""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
