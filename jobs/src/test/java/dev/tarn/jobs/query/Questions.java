package dev.tarn.jobs.query;

import dev.tarn.answer.AnswerSettings;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.model.Embedder;
import dev.tarn.model.Generator;
import dev.tarn.question.AskedQuestion;
import dev.tarn.question.EmbeddedQuestion;
import dev.tarn.question.Filter;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Passage;
import dev.tarn.question.Question;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Questions on their way, for tests. */
final class Questions {
    static final Question PLAIN = new Question("q-1", "What feeds a tarn?", "default", null, Filter.NONE, null);
    static final Passage STREAMS =
            new Passage(1, "tarns", 7L, "element", "Tarns", "https://example.org/tarns", 0.8, "Streams feed a tarn.");

    private Questions() {}

    static AskedQuestion asked(Question question) {
        SourceRecord record = Records.record(1, question.id(), "{\"question\": \"" + question.question() + "\"}");
        SourceHeader trace = new SourceHeader("traceparent", "00-1-2-01".getBytes(StandardCharsets.UTF_8));
        return new AskedQuestion(
                new SourceRecord(record.position(), record.key(), record.value(), List.of(trace)),
                question,
                Instant.now());
    }

    static EmbeddedQuestion embedded(Question question) {
        return new EmbeddedQuestion(asked(question), new float[] {1, 2}, 9);
    }

    /** A worker that asks the model whatever was found. */
    static AnswerQuestion answering(Generator generator, Embedder embedder, Metrics metrics) {
        return new AnswerQuestion(generator, embedder, "fake-embedder", new AnswerSettings(4096, -1, 0.6), metrics);
    }

    static GroundedQuestion grounded(Passage... passages) {
        return new GroundedQuestion(asked(PLAIN), List.of(passages), 9, 3);
    }
}
