package dev.tarn.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.local.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCollectionReaderTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void judgmentsOfThreeAndOfFourColumnsAreRead() throws Exception {
        Path questions = file("questions.tsv", "q1\tWhat is a tarn?\nq2\tWhat is a lake?\nq3\tWhat is a moor?\n");
        Path three = file("three.tsv", "question-id\tdocument-id\trelevance\nq1\tcisi-28\t1\nq2\td\t0\n");
        Path four = file("four.txt", "q1 0 cisi-28 1\nq2 0 d 0\n");

        TestCollection collection = TestCollectionReader.read(List.of(questions), three);

        assertThat(collection.qrels().grades()).isEqualTo(Map.of("q1", Map.of("cisi-28", 1), "q2", Map.of("d", 0)));
        assertThat(TestCollectionReader.read(List.of(questions), four).qrels()).isEqualTo(collection.qrels());
        assertThat(collection.answerable()).extracting(TestQuestion::id).containsExactly("q1");
        assertThat(collection.unanswerable()).isEmpty();
    }

    @Test
    void anEmptyListOfDocumentsIsAQuestionWithoutAnswer() throws Exception {
        Path questions = file("questions.jsonl", """
                {"id": "u1", "question": "Who?", "documents": []}
                {"id": "n1", "question": "Nobody judged this?"}
                """);

        TestCollection collection = TestCollectionReader.read(List.of(questions), null);

        assertThat(collection.unanswerable()).extracting(TestQuestion::id).containsExactly("u1");
        assertThat(collection.answerable()).isEmpty();
        assertThat(collection.questions()).hasSize(2);
    }

    @Test
    void aLineThatCanNotBeReadIsNamed() throws Exception {
        Path questions = file("questions.jsonl", "{\"id\": \"q1\", \"question\": \"What?\"}\nWhat?\n");
        Path twice = file("twice.tsv", "q1\tWhat?\nq1\tWhat?\n");
        Path qrels = file("qrels.txt", "q1 0 d 1\nq1 0 d high\n");

        assertThatThrownBy(() -> TestCollectionReader.read(List.of(questions), null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("questions.jsonl:2");
        assertThatThrownBy(() -> TestCollectionReader.read(List.of(twice), null))
                .hasMessageContaining("twice.tsv:2: the id q1 comes twice");
        assertThatThrownBy(() -> TestCollectionReader.read(List.of(), qrels)).hasMessageContaining("qrels.txt:2");
    }
}
