package dev.tarn.question;

import dev.tarn.document.Document;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.CleanText;
import dev.tarn.json.Json;
import dev.tarn.source.SourceRecord;
import java.io.Serializable;
import java.util.Objects;

/**
 * Reads a record of the questions topic.
 *
 * @param maxQuestionLength the longest question that is accepted, in characters
 */
public record QuestionParser(int maxQuestionLength) implements Serializable {
    private static final int MAX_TOP_K = 100;

    /**
     * Reads a question.
     *
     * @throws PermanentFailure when the record breaks the contract of the topic; the message says how
     */
    public Question parse(SourceRecord record) {
        String id = DocumentParser.id(record);
        if (record.isTombstone()) {
            throw new PermanentFailure("the record has no value");
        }
        Question json = Json.read(record.value(), Question.class);
        if (json.id() != null && !json.id().equals(id)) {
            throw new PermanentFailure("the id in the value is not the record's key");
        }
        String question = json.question() == null ? "" : CleanText.of(json.question());
        if (question.isBlank()) {
            throw new PermanentFailure("the record asks no question");
        }
        if (question.length() > maxQuestionLength) {
            throw new PermanentFailure("the question has " + question.length() + " characters, more than the "
                    + maxQuestionLength + " that --max-question-length allows");
        }
        if (json.topK() != null && (json.topK() < 1 || json.topK() > MAX_TOP_K)) {
            throw new PermanentFailure("topK is from 1 to " + MAX_TOP_K);
        }
        if (json.minScore() != null && !(json.minScore() >= -1 && json.minScore() <= 1)) {
            throw new PermanentFailure("minScore is a cosine similarity, from -1 to 1");
        }
        String collection = json.collection() == null ? Document.DEFAULT_COLLECTION : json.collection();
        DocumentParser.requireCollectionName(collection);
        Filter filter = json.filter() == null ? Filter.NONE : json.filter();
        if (filter.fields().values().stream().anyMatch(Objects::isNull)) {
            throw new PermanentFailure("a filter's value is null; leave the field out instead");
        }
        return new Question(id, question, collection, json.topK(), filter, json.minScore());
    }
}
