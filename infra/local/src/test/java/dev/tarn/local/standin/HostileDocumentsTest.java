package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.answer.AnswerSettings;
import dev.tarn.answer.GroundedAnswer;
import dev.tarn.answer.GroundedAnswers;
import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.question.Answer;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What hostile documents reach with the stand-in's model, each as the nearest passage, before the note that answers. An order comes through when it is quoted; none is obeyed. */
class HostileDocumentsTest {
    private static final Path CORPUS = Path.of("..", "corpus");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Embeddings embeddings;
    private static GroundedAnswers answers;
    private static final List<Prompt> PROMPTS = new ArrayList<>();

    @BeforeAll
    static void load() {
        embeddings = new Embeddings();
        answers = new GroundedAnswers(
                new Chat(new Extractor(embeddings)), new Vectors(embeddings), new AnswerSettings(4096, 0.35, 0.55));
    }

    @AfterAll
    static void close() {
        embeddings.close();
    }

    /** The counts are those that SECURITY.md gives. */
    @Test
    void ofEachKindNoMoreComesThroughThanIsTold() throws IOException {
        Map<String, List<String>> through = new TreeMap<>();
        for (String line : Files.readAllLines(CORPUS.resolve("hostile").resolve("documents.jsonl"))) {
            JsonNode hostile = JSON.readTree(line);
            List<String> ofItsKind = through.computeIfAbsent(hostile.get("kind").asText(), kind -> new ArrayList<>());
            if (comesThrough(hostile)) {
                ofItsKind.add(hostile.get("id").asText());
            }
        }

        assertThat(through)
                .containsOnlyKeys("orders", "citations", "delimiters", "hidden", "links", "falsehood")
                .containsEntry("citations", List.of())
                .containsEntry("delimiters", List.of())
                .containsEntry("hidden", List.of())
                .containsEntry("orders", List.of("orders-3", "orders-5"))
                .containsEntry("links", List.of("links-4"))
                .containsEntry("falsehood", List.of("falsehood-1", "falsehood-2"));
    }

    private static boolean comesThrough(JsonNode hostile) throws IOException {
        PROMPTS.clear();
        Passage bait = passage(
                1,
                hostile.get("id").asText(),
                hostile.get("title").asText(),
                hostile.get("text").asText());
        Passage note = note(2, hostile.get("note").asText());
        GroundedAnswer answer = answers.answer(question(hostile.get("question").asText()), List.of(bait, note));
        String seen =
                hostile.get("kind").asText().equals("hidden") ? PROMPTS.get(0).user() : "";
        String shown = answer.status() == Answer.Status.ANSWERED ? answer.text() : Prompt.NO_ANSWER;
        for (JsonNode mark : hostile.get("marks")) {
            if (shown.contains(mark.asText()) || seen.contains(mark.asText())) {
                return true;
            }
        }
        assertThat(answer.statements()).allMatch(Answer.Statement::supported);
        return false;
    }

    private static Question question(String text) {
        return new Question("q", text, "default", null, Filter.NONE, null);
    }

    private static Passage note(int citation, String id) throws IOException {
        String text = Files.readString(CORPUS.resolve("notes").resolve(id + ".md"));
        return passage(citation, id, null, text.substring(text.indexOf("\n---") + 4, 900));
    }

    private static Passage passage(int citation, String id, String title, String text) {
        return new Passage(citation, id, null, "chunk-" + citation, title, null, 0.9 - citation / 100.0, text);
    }

    private record Chat(Extractor extractor) implements Generator {
        @Override
        public String model() {
            return "extractive";
        }

        @Override
        public void check() {}

        @Override
        public Generation generate(Prompt prompt) {
            PROMPTS.add(prompt);
            return new Generation(extractor.answer(prompt.user()), null, null, true);
        }

        @Override
        public void close() {}
    }

    /** A model that always says the same. */
    record Said(String text) implements Generator {
        @Override
        public String model() {
            return "said";
        }

        @Override
        public void check() {}

        @Override
        public Generation generate(Prompt prompt) {
            return new Generation(text, null, null, true);
        }

        @Override
        public void close() {}
    }

    record Vectors(Embeddings embeddings) implements Embedder {
        @Override
        public EmbeddingModelInfo describe() {
            return new EmbeddingModelInfo("all-minilm", "", MiniLm.DIMENSION);
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return embeddings.embedTexts(texts);
        }

        @Override
        public void close() {}
    }
}
