package dev.tarn.question;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.document.Document;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.json.Json;
import dev.tarn.source.SourceRecord;
import dev.tarn.text.CleanText;
import java.io.Serializable;
import java.util.Optional;

/**
 * Reads a record of the questions topic.
 *
 * @param maxQuestionLength the longest question that is accepted, in characters
 */
public record QuestionParser(int maxQuestionLength) implements Serializable {

    /** A question as it is written. The filter is read after the rest, so that who wrote a wrong one can be told. */
    private record Written(
            String id, String question, String collection, Integer topK, JsonNode filter, Double minScore) {

        Question with(String key, String text, Filter filter) {
            return new Question(
                    key, text, collection == null ? Document.DEFAULT_COLLECTION : collection, topK, filter, minScore);
        }
    }

    /** The same where nobody looks into the filter, which may not even be read. */
    private record WrittenWithoutFilter(String id, String question, String collection, Integer topK, Double minScore) {

        Written written() {
            return new Written(id, question, collection, topK, null, minScore);
        }
    }

    /** Accepts questions of any length. */
    public static final QuestionParser UNLIMITED = new QuestionParser(Integer.MAX_VALUE);

    /**
     * Reads a question.
     *
     * @throws PermanentFailure when the record breaks the contract of the topic; the message says how
     */
    public Question parse(SourceRecord record) {
        return parse(record, true);
    }

    /**
     * Reads a question without its filter, which may be a wrong one: what an answer that says so is about.
     *
     * @return empty when the record breaks the contract of the topic in another way
     */
    public Optional<Question> parseUnfiltered(SourceRecord record) {
        try {
            return Optional.of(parse(record, false));
        } catch (PermanentFailure e) {
            return Optional.empty();
        }
    }

    private Question parse(SourceRecord record, boolean filtered) {
        String id = DocumentParser.id(record);
        if (record.isTombstone()) {
            throw new PermanentFailure("the record has no value");
        }
        Written json = filtered
                ? Json.read(record.value(), Written.class, "Question")
                : Json.read(record.value(), WrittenWithoutFilter.class, "Question")
                        .written();
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
        if (json.topK() != null && (json.topK() < 1 || json.topK() > Question.MAX_TOP_K)) {
            throw new PermanentFailure("topK is from 1 to " + Question.MAX_TOP_K);
        }
        if (json.minScore() != null && !(json.minScore() >= -1 && json.minScore() <= 1)) {
            throw new PermanentFailure("minScore is a cosine similarity, from -1 to 1");
        }
        if (json.collection() != null) {
            DocumentParser.requireCollectionName(json.collection());
        }
        boolean none = json.filter() == null || json.filter().isNull();
        return json.with(id, question, none ? Filter.NONE : Filter.fromJson(json.filter()));
    }
}
