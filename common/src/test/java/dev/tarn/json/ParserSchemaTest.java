package dev.tarn.json;

import static dev.tarn.json.Schemas.assertInvalid;
import static dev.tarn.json.Schemas.assertValid;
import static dev.tarn.testing.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.Document;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.question.Question;
import dev.tarn.question.QuestionParser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas of what others write, and the parsers, take the same and refuse the same. */
class ParserSchemaTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": \"a\"}",
                "{\"id\": \"key\", \"text\": \"a\"}",
                "{\"text\": \"a\", \"id\": null, \"title\": null, \"contentType\": null, \"uri\": null,"
                        + " \"collection\": null, \"version\": null, \"metadata\": null}",
                "{\"text\": \"a\", \"more\": {\"deep\": [1, null]}}",
                "{\"text\": \"\u00a0\"}",
                "{\"text\": \"\ufeff\"}",
                "{\"text\": \"a\", \"title\": \"\"}",
                "{\"text\": \"a\", \"uri\": \"no address at all\"}",
                "{\"text\": \"a\", \"collection\": \"course-notes_2\"}",
                "{\"text\": \"a\", \"version\": 9223372036854775807}",
                "{\"text\": \"a\", \"version\": -9223372036854775808}",
                "{\"text\": \"a\", \"metadata\": {}}",
                "{\"text\": \"a\", \"metadata\": {\"s\": \"\", \"n\": -1.5e300, \"b\": false, \"l\": [\"x\"], \"e\": []}}",
                "{\"text\": \"a\", \"metadata\": {\"\": 1}}"
            })
    void aDocumentThatTheParserTakesIsValid(String document) {
        assertThat(parseDocument(document).text()).isNotNull();
        assertValid("document", document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"a\"",
                "{\"text\": null}",
                "{\"text\": \"\"}",
                "{\"text\": 1}",
                "{\"text\": [\"a\"]}",
                "{\"text\": \"a\", \"id\": 1}",
                "{\"text\": \"a\", \"title\": {}}",
                "{\"text\": \"a\", \"uri\": true}",
                "{\"text\": \"a\", \"collection\": \"Notes\"}",
                "{\"text\": \"a\", \"collection\": \"\"}",
                "{\"text\": \"a\", \"version\": \"7\"}",
                "{\"text\": \"a\", \"version\": 7.5}",
                "{\"text\": \"a\", \"version\": 9223372036854775808}",
                "{\"text\": \"a\", \"metadata\": []}",
                "{\"text\": \"a\", \"metadata\": \"m\"}",
                "{\"text\": \"a\", \"metadata\": {\"a\": null}}",
                "{\"text\": \"a\", \"metadata\": {\"a\": {}}}",
                "{\"text\": \"a\", \"metadata\": {\"a\": [1]}}",
                "{\"text\": \"a\", \"metadata\": {\"a\": [null]}}",
                "{\"text\": \"a\", \"metadata\": {\"a\": [[\"b\"]]}}",
                "{\"text\": \"a\", \"metadata\": {\"a\": NaN}}",
                "{\"text\": \"a\"",
                ""
            })
    void aDocumentThatIsInvalidIsRefused(String document) {
        assertInvalid("document", document);
        assertThatThrownBy(() -> parseDocument(document)).isInstanceOf(PermanentFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"question\": \"Why?\"}",
                "{\"id\": \"key\", \"question\": \"Why?\"}",
                "{\"question\": \"Why?\", \"id\": null, \"collection\": null, \"topK\": null, \"filter\": null,"
                        + " \"minScore\": null}",
                "{\"question\": \"Why?\", \"more\": []}",
                "{\"question\": \"Why?\", \"topK\": 1, \"minScore\": -1}",
                "{\"question\": \"Why?\", \"topK\": 100, \"minScore\": 1.0}",
                "{\"question\": \"Why?\", \"filter\": {}}",
                "{\"question\": \"Why?\", \"filter\": {\"s\": \"a\", \"n\": 3, \"b\": true, \"l\": [\"x\", \"y\"]}}",
                "{\"question\": \"Why?\", \"filter\": {\"a\": {\"min\": 1.5}, \"b\": {\"max\": -2}, \"c\": {\"min\": 1, \"max\": 1}}}",
                "{\"question\": \"Why?\", \"filter\": {\"$or\": [{\"a\": 1}, {\"$not\": {\"$and\": [{}, {\"b\": true}]}}], \"$$or\": \"c\"}}"
            })
    void aQuestionThatTheParserTakesIsValid(String question) {
        assertThat(parseQuestion(question).question()).isNotNull();
        assertValid("question", question);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "{\"question\": null}",
                "{\"question\": \"\"}",
                "{\"question\": 1}",
                "{\"question\": \"Why?\", \"id\": 1}",
                "{\"question\": \"Why?\", \"collection\": \"a b\"}",
                "{\"question\": \"Why?\", \"topK\": 0}",
                "{\"question\": \"Why?\", \"topK\": 101}",
                "{\"question\": \"Why?\", \"topK\": 1.5}",
                "{\"question\": \"Why?\", \"topK\": \"4\"}",
                "{\"question\": \"Why?\", \"minScore\": 1.1}",
                "{\"question\": \"Why?\", \"minScore\": -1.1}",
                "{\"question\": \"Why?\", \"minScore\": \"NaN\"}",
                "{\"question\": \"Why?\", \"minScore\": NaN}",
                "{\"question\": \"Why?\", \"filter\": []}",
                "{\"question\": \"Why?\", \"filter\": {\"a\": null}}",
                "{\"question\": \"Why?\", \"filter\": {\"a\": {\"$gt\": 1}}}",
                "{\"question\": \"Why?\", \"filter\": {\"a\": {}}}",
                "{\"question\": \"Why?\", \"filter\": {\"a\": {\"min\": null}}}",
                "{\"question\": \"Why?\", \"filter\": {\"a\": {\"max\": \"1\"}}}",
                "{\"question\": \"Why?\", \"filter\": {\"a\": {\"min\": 1, \"step\": 2}}}",
                "{\"question\": \"Why?\", \"filter\": {\"a\": [true]}}",
                "{\"question\": \"Why?\", \"filter\": {\"$or\": []}}",
                "{\"question\": \"Why?\", \"filter\": {\"$and\": {\"a\": 1}}}",
                "{\"question\": \"Why?\", \"filter\": {\"$and\": [null]}}",
                "{\"question\": \"Why?\", \"filter\": {\"$or\": [\"a\"]}}",
                "{\"question\": \"Why?\", \"filter\": {\"$not\": \"a\"}}",
                "{\"question\": \"Why?\", \"filter\": {\"$not\": {\"$or\": [{\"a\": {}}]}}}"
            })
    void aQuestionThatIsInvalidIsRefused(String question) {
        assertInvalid("question", question);
        assertThatThrownBy(() -> parseQuestion(question)).isInstanceOf(PermanentFailure.class);
    }

    private static Document parseDocument(String json) {
        return DocumentParser.UNLIMITED.parse(record(1, "key", json));
    }

    private static Question parseQuestion(String json) {
        return new QuestionParser(1_000).parse(record(1, "key", json));
    }
}
