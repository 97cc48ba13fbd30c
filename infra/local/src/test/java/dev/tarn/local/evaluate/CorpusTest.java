package dev.tarn.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The notes and their questions, held to what their README says. */
class CorpusTest {
    private static final Path CORPUS = Path.of("../corpus");
    private static final Pattern KIND = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d+) \\|");

    private final List<JsonNode> answerable = lines("questions.jsonl");
    private final List<JsonNode> unanswerable = lines("unanswerable.jsonl");
    private final List<JsonNode> heldOut = lines("held-out.jsonl");

    CorpusTest() throws IOException {}

    private static List<JsonNode> lines(String file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> questions = new ArrayList<>();
        for (String line : Files.readAllLines(CORPUS.resolve(file))) {
            questions.add(mapper.readTree(line));
        }
        return questions;
    }

    private static Path note(String id) {
        return CORPUS.resolve("notes").resolve(id + ".md");
    }

    @Test
    void everyFactStandsInANoteThatTheQuestionNames() throws IOException {
        List<JsonNode> all = new ArrayList<>(answerable);
        heldOut.stream()
                .filter(question -> !question.path("documents").isEmpty())
                .forEach(all::add);
        for (JsonNode question : all) {
            StringBuilder notes = new StringBuilder();
            for (JsonNode document : question.path("documents")) {
                notes.append(Files.readString(note(document.textValue()))).append('\n');
            }
            assertThat(question.path("facts")).as(question.toString()).isNotEmpty();
            for (JsonNode fact : question.path("facts")) {
                assertThat(notes).as(question.path("id").textValue()).contains(fact.textValue());
            }
        }
    }

    @Test
    void aQuestionOfTwoNotesNamesTwo() {
        assertThat(answerable)
                .allSatisfy(question -> assertThat(question.path("documents").size())
                        .as(question.path("id").textValue())
                        .isIn(question.path("kind").textValue().equals("two-note") ? Set.of(2) : Set.of(1, 2)));
    }

    @Test
    void everyNoteIsAskedFor() throws IOException {
        Set<String> asked = new TreeSet<>();
        answerable.forEach(question -> question.path("documents").forEach(document -> asked.add(document.textValue())));
        try (Stream<Path> notes = Files.list(CORPUS.resolve("notes"))) {
            assertThat(notes.map(note -> note.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(asked);
        }
    }

    @Test
    void whatCanNotBeAnsweredNamesNoNotesAndNoFacts() {
        assertThat(unanswerable).allSatisfy(question -> {
            assertThat(question.path("documents").isArray()).isTrue();
            assertThat(question.path("documents")).isEmpty();
            assertThat(question.path("facts")).isEmpty();
        });
    }

    @Test
    void theReadmeCountsTheQuestionsByKind() throws IOException {
        Map<String, Integer> counted = new TreeMap<>();
        Stream.concat(answerable.stream(), unanswerable.stream())
                .forEach(question -> counted.merge(question.path("kind").textValue(), 1, Integer::sum));
        Map<String, Integer> told = new TreeMap<>();
        Matcher rows = KIND.matcher(Files.readString(CORPUS.resolve("README.md")));
        while (rows.find()) {
            told.put(rows.group(1), Integer.parseInt(rows.group(2)));
        }

        assertThat(told).isEqualTo(counted);
        assertThat(answerable).hasSize(100);
        assertThat(unanswerable).hasSize(40);
    }

    @Test
    void theFilesAreATestCollection() throws Exception {
        TestCollection collection = TestCollectionReader.read(
                List.of(CORPUS.resolve("questions.jsonl"), CORPUS.resolve("unanswerable.jsonl")), null);

        assertThat(collection.answerable()).hasSize(100);
        assertThat(collection.unanswerable()).hasSize(40);
        assertThat(collection.qrels().of("q01")).isEqualTo(Map.of("replication", 1));

        TestCollection others = TestCollectionReader.read(List.of(CORPUS.resolve("held-out.jsonl")), null);

        assertThat(others.answerable()).hasSize(40);
        assertThat(others.unanswerable()).hasSize(40);
    }
}
