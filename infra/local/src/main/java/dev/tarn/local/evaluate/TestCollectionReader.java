package dev.tarn.local.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.local.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads test collections.
 *
 * <p>Questions are JSON lines with {@code id} and {@code question} and, if they are to be there, {@code kind}, {@code
 * facts} and {@code documents}, the ids of the relevant ones, an empty list where none is; or lines of an id, a tab and the
 * question. Judgments are lines of TREC's four columns (question, anything, document, grade), or of three (question,
 * document, grade), which may have a headline. Where they are given, they hold instead of {@code documents}.
 */
public final class TestCollectionReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<TestQuestion> questions = new ArrayList<>();
    private final Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
    private final Set<String> withoutAnswer = new LinkedHashSet<>();
    private final Set<String> ids = new LinkedHashSet<>();

    private TestCollectionReader() {}

    /**
     * Reads one collection.
     *
     * @param qrels the judgments, or null where the questions name their documents
     * @throws InputException when a line can't be read, or an id comes twice; the message names the line
     * @throws IOException when a file can't be read
     */
    public static TestCollection read(List<Path> questionFiles, Path qrels) throws IOException, InputException {
        TestCollectionReader reader = new TestCollectionReader();
        for (Path file : questionFiles) {
            reader.lines(file, reader::question);
        }
        if (qrels != null) {
            reader.grades.clear();
            reader.lines(qrels, reader::judgment);
            reader.withoutAnswer.removeIf(reader.grades::containsKey);
        }
        return new TestCollection(
                List.copyOf(reader.questions), new Qrels(reader.grades), Set.copyOf(reader.withoutAnswer));
    }

    private interface Line {
        /** @throws IllegalArgumentException when it can't be read; the message says why */
        void read(String text, boolean isFirst);
    }

    private void lines(Path file, Line line) throws IOException, InputException {
        int number = 0;
        for (String text : Files.readAllLines(file)) {
            number++;
            if (text.isBlank()) {
                continue;
            }
            try {
                line.read(text, number == 1);
            } catch (IllegalArgumentException e) {
                throw new InputException(file + ":" + number, e.getMessage(), e);
            }
        }
    }

    private void question(String line, boolean isFirst) {
        TestQuestion question = line.stripLeading().startsWith("{") ? json(line) : tabbed(line);
        if (question.id().matches(".*\\s.*")) {
            throw new IllegalArgumentException("an id has blanks, which run files can't have");
        }
        if (!ids.add(question.id())) {
            throw new IllegalArgumentException("the id " + question.id() + " comes twice");
        }
        questions.add(question);
    }

    private TestQuestion json(String line) {
        JsonNode json;
        try {
            json = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is not JSON", e);
        }
        String id = json.path("id").asText("");
        String text = json.path("question").asText("");
        if (id.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException("a question needs an id and a question");
        }
        if (json.path("documents").isArray()) {
            Map<String, Integer> relevant = new LinkedHashMap<>();
            json.path("documents").forEach(document -> relevant.put(document.asText(), 1));
            if (relevant.isEmpty()) {
                withoutAnswer.add(id);
            } else {
                grades.put(id, relevant);
            }
        }
        List<String> facts = new ArrayList<>();
        json.path("facts").forEach(fact -> facts.add(fact.asText()));
        return new TestQuestion(id, text, json.path("kind").asText(null), List.copyOf(facts));
    }

    private static TestQuestion tabbed(String line) {
        String[] parts = line.split("\t", 2);
        if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException("this is neither JSON nor an id, a tab and a question");
        }
        return new TestQuestion(parts[0].strip(), parts[1].strip(), null, List.of());
    }

    private void judgment(String line, boolean isFirst) {
        String[] columns = line.strip().split("\\s+", -1);
        if (columns.length != 3 && columns.length != 4) {
            throw new IllegalArgumentException(
                    "a judgment has the columns question, document and grade, or TREC's four");
        }
        String grade = columns[columns.length - 1];
        if (!grade.matches("-?\\d{1,9}")) {
            if (isFirst) {
                return;
            }
            throw new IllegalArgumentException("the grade is not a whole number");
        }
        grades.computeIfAbsent(columns[0], question -> new LinkedHashMap<>())
                .put(columns[columns.length - 2], Integer.parseInt(grade));
    }
}
