package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.answer.AnswerSettings;
import dev.tarn.answer.GroundedAnswers;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.question.Answer;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.question.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What support tells, and what it doesn't: statements that put a note in other words, beside their opposites and beside passages
 * that don't say them. Takes a minute, and is run by its name only.
 */
class SupportLimits {
    private static final Path CORPUS = Path.of("..", "corpus");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double DEFAULT = 0.55;
    private static final int NEAR = 2;
    private static final int RANDOM = 3;
    private static final long SEED = 1;

    private record Chunk(String document, String text, float[] vector) {}

    /** The shares are those that the README gives. */
    @Test
    void statementsReachTheDefaultMoreOftenThanWhatIsNotSaid() throws IOException {
        List<Double> own = new ArrayList<>();
        List<Double> opposite = new ArrayList<>();
        List<Double> near = new ArrayList<>();
        List<Double> random = new ArrayList<>();
        try (Embeddings embeddings = new Embeddings()) {
            List<Chunk> chunks = chunks(embeddings);
            Random draw = new Random(SEED);
            for (String line : Files.readAllLines(CORPUS.resolve("statements.jsonl"))) {
                JsonNode json = JSON.readTree(line);
                String document = json.get("document").asText();
                String statement = json.get("statement").asText();
                float[] vector = embeddings.embedTexts(List.of(statement)).get(0);
                Comparator<Chunk> nearestFirst = Comparator.comparingDouble(
                                (Chunk chunk) -> MiniLm.dot(vector, chunk.vector()))
                        .reversed();
                List<Chunk> others = chunks.stream()
                        .filter(chunk -> !chunk.document().equals(document))
                        .sorted(nearestFirst)
                        .toList();
                Chunk said = chunks.stream()
                        .filter(chunk -> chunk.document().equals(document))
                        .max(Comparator.comparingDouble(chunk -> support(embeddings, statement, chunk)))
                        .orElseThrow();
                own.add(support(embeddings, statement, said));
                opposite.add(support(embeddings, json.get("opposite").asText(), said));
                others.stream().limit(NEAR).forEach(chunk -> near.add(support(embeddings, statement, chunk)));
                draw.ints(RANDOM, 0, others.size())
                        .forEach(i -> random.add(support(embeddings, statement, others.get(i))));
            }
        }

        Map<String, Long> shares =
                Map.of("own", share(own), "opposite", share(opposite), "near", share(near), "random", share(random));
        assertThat(shares).isEqualTo(Map.of("own", 94L, "opposite", 89L, "near", 21L, "random", 1L));
    }

    /** In percent. */
    private static long share(List<Double> supports) {
        return Math.round(
                100.0 * supports.stream().filter(each -> each >= DEFAULT).count() / supports.size());
    }

    private static double support(Embeddings embeddings, String statement, Chunk chunk) {
        GroundedAnswers answers = new GroundedAnswers(
                new HostileDocumentsTest.Said(statement + " [1]"),
                new HostileDocumentsTest.Vectors(embeddings),
                new AnswerSettings(4096, -1, DEFAULT));
        Passage passage = new Passage(1, chunk.document(), null, "chunk", null, null, 0.5, chunk.text());
        Answer.Statement checked = answers.answer(
                        new Question("q", "What is said?", "default", null, Filter.NONE, null), List.of(passage))
                .statements()
                .get(0);
        return checked.support();
    }

    private static List<Chunk> chunks(Embeddings embeddings) throws IOException {
        Chunker chunker = new Chunker(ChunkingSettings.DEFAULT);
        List<Chunk> chunks = new ArrayList<>();
        try (Stream<Path> notes = Files.list(CORPUS.resolve("notes"))) {
            for (Path note : notes.sorted().toList()) {
                String id = note.getFileName().toString().replace(".md", "");
                String text = Files.readString(note).split("\n---\n", 2)[1].strip();
                Document document = new Document(id, null, text, "text/markdown", null, "default", null, Map.of());
                for (dev.tarn.document.Chunk chunk :
                        chunker.chunk(null, document).chunks()) {
                    chunks.add(new Chunk(
                            id,
                            chunk.text(),
                            embeddings
                                    .embedTexts(List.of(chunk.embeddingText()))
                                    .get(0)));
                }
            }
        }
        return chunks;
    }
}
