package dev.tarn.question;

import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionParserTest {
    private static final int MAX_QUESTION = 100;

    private final QuestionParser parser = new QuestionParser(MAX_QUESTION);

    @Test
    void aQuestionWithAllFieldsIsReadAsItIs() {
        Question question = parse("""
                {"id": "q-1", "question": "Why?", "collection": "notes", "topK": 4, "filter": {"course": "ds4300"},
                 "minScore": 0.3}""");

        assertThat(question)
                .isEqualTo(new Question(
                        "q-1", "Why?", "notes", 4, Filter.of(Map.of("course", MetadataValue.of("ds4300"))), 0.3));
    }

    @Test
    void onlyTheQuestionAndTheKeyAreRequired() {
        Question expected = new Question("q-1", "Why?", "default", null, Filter.NONE, null);

        assertThat(parse("{\"question\": \"Why?\"}")).isEqualTo(expected);
        assertThat(parse("{\"question\": \"Why?\", \"filter\": null, \"topK\": null, \"minScore\": null, \"x\": {}}"))
                .isEqualTo(expected);
    }

    @Test
    void aQuestionIsCleaned() {
        assertThat(parse("{\"question\": \"Why\\u0000\\ud800?\"}").question()).isEqualTo("Why ??");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"question\": null}",
                "{\"question\": \"\"}",
                "{\"question\": \" \\t\"}",
                "{\"question\": \"\\u0000\"}"
            })
    void aRecordThatAsksNothingIsRefused(String json) {
        assertRefused(json, "the record asks no question");
    }

    @Test
    void aQuestionMayBeAsLongAsIsAllowed() {
        assertThat(parse("{\"question\": \"" + "x".repeat(MAX_QUESTION) + "\"}").question())
                .hasSize(MAX_QUESTION);
        assertRefused(
                "{\"question\": \"" + "x".repeat(MAX_QUESTION + 1) + "\"}",
                "the question has 101 characters, more than the 100 that --max-question-length allows");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 101, Integer.MAX_VALUE})
    void aTopKOutOfBoundsIsRefused(int topK) {
        assertRefused("{\"question\": \"Why?\", \"topK\": " + topK + "}", "topK is from 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1.01", "1.01", "1e400", "\"NaN\"", "\"Infinity\"", "\"-Infinity\""})
    void aMinScoreThatIsNoCosineIsRefused(String minScore) {
        assertRefused(
                "{\"question\": \"Why?\", \"minScore\": " + minScore + "}",
                "minScore is a cosine similarity, from -1 to 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"topK\": \"4\"",
                "\"topK\": 4.0",
                "\"topK\": true",
                "\"minScore\": \"0.3\"",
                "\"minScore\": NaN",
                "\"collection\": 1",
                "\"id\": 1"
            })
    void aFieldOfAnotherTypeIsRefused(String field) {
        assertRefused("{\"question\": \"Why?\", " + field + "}", "not valid JSON for a Question: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | a range has min, max or both",
                "{\"min\": \"2010\"} | a range's min and max are numbers",
                "{\"min\": 2010, \"max\": null} | a range's min and max are numbers",
                "{\"min\": 2010, \"maximum\": 2020} | a range has min and max, and nothing else",
                "{\"min\": 2020, \"max\": 2010} | a range's min is greater than its max",
                "[2010, \"2011\"] | a list holds strings only, or numbers only",
                "[true] | a list holds strings only, or numbers only"
            })
    void aRangeThatIsNoneIsRefusedWithTheReasonAndThePlace(String range, String reason) {
        assertRefused("{\"question\": \"Why?\", \"filter\": {\"year\": " + range + "}}", reason);
        assertRefused("{\"question\": \"Why?\", \"filter\": {\"year\": " + range + "}}", "[\"year\"]");
    }

    @Test
    void aRangeIsRead() {
        Question question = parse("{\"question\": \"Why?\", \"filter\": {\"year\": {\"min\": 2010, \"max\": 2010.0}}}");

        assertThat(question.filter().fields())
                .isEqualTo(Map.of("year", Condition.between(BigDecimal.valueOf(2010), BigDecimal.valueOf(2010))));
    }

    @Test
    void aFilterValueOfNullIsRefused() {
        assertRefused(
                "{\"question\": \"Why?\", \"filter\": {\"a\": null}}",
                "a filter's value is null; leave the field out instead");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | a filter, and each clause of it, is an object in field [\"filter\"]",
                "{\"$or\": [{\"a\": 1}, {\"$not\": []}]} | is an object in field [\"filter\"][\"$or\"][1][\"$not\"]",
                "{\"$and\": {}} | $and and $or have a list of one clause or more in field [\"filter\"][\"$and\"]",
                "{\"a\": {\"b\": 1}} | a range has min and max, and nothing else in field [\"filter\"][\"a\"]",
            })
    void aWrongFilterIsRefusedWithTheReasonAndThePlaceAndTheRestCanBeRead(String filter, String reason) {
        String json = "{\"question\": \"Why?\", \"topK\": 3, \"filter\": " + filter + "}";

        assertRefused(json, reason);
        assertThat(parser.parseUnfiltered(record(1, "q-1", json)))
                .contains(new Question("q-1", "Why?", "default", 3, Filter.NONE, null));
    }

    @Test
    void whatIsWrongInAnotherWayCannotBeReadWithoutItsFilterEither() {
        for (String json :
                List.of("{\"question\": \"\", \"filter\": []}", "{\"question\": \"Why?\", \"topK\": 0}", "{")) {
            assertThat(parser.parseUnfiltered(record(1, "q-1", json))).isEmpty();
        }
    }

    @Test
    void anotherIdThanTheKeyIsRefused() {
        assertRefused("{\"id\": \"q-2\", \"question\": \"Why?\"}", "the id in the value is not the record's key");
    }

    @Test
    void aCollectionThatNoKeyCanHoldIsRefused() {
        assertRefused("{\"question\": \"Why?\", \"collection\": \"No Name\"}", "a collection's name is 1 to 64");
    }

    @Test
    void aRecordWithoutAKeyOrAValueIsRefused() {
        assertThatThrownBy(() -> parser.parse(record(1, null, "{\"question\": \"Why?\"}")))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("the record has no key, which is its id");
        assertThatThrownBy(() -> parser.parse(record(1, "q-1", null)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("the record has no value");
    }

    private Question parse(String json) {
        return parser.parse(record(1, "q-1", json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$not\": {\"topic\": \"a\"}, \"$not\": {\"topic\": \"b\"}}",
                "{\"topic\": \"a\", \"topic\": \"b\"}",
                "{\"year\": {\"min\": 1, \"min\": 5}}"
            })
    void aFilterThatSaysAThingTwiceIsRefusedForEitherCouldBeMeant(String filter) {
        String json = "{\"question\": \"Why?\", \"filter\": " + filter + "}";

        assertRefused(json, "an object has a field twice in field [\"filter\"]");
        assertThat(parser.parseUnfiltered(record(1, "q-1", json)))
                .contains(new Question("q-1", "Why?", "default", null, Filter.NONE, null));
    }

    private void assertRefused(String json, String reason) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(reason);
    }
}
