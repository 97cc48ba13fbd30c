package dev.tarn.jobs.query;

import dev.tarn.jobs.flow.Worker;
import dev.tarn.question.AskedQuestion;
import dev.tarn.question.QuestionParser;
import dev.tarn.source.SourceRecord;
import java.time.Instant;

/** Reads a record. */
record ParseQuestion(QuestionParser parser) implements Worker<SourceRecord, AskedQuestion> {

    @Override
    public AskedQuestion apply(SourceRecord record) {
        return new AskedQuestion(record, parser.parse(record), Instant.now());
    }
}
