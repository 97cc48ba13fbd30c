package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tarn.answer.AnswerSettings;
import dev.tarn.answer.GroundedAnswer;
import dev.tarn.answer.GroundedAnswers;
import dev.tarn.local.standin.HostileDocumentsTest.Harm;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaGenerator;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What hostile documents reach with a language model, of the Ollama that {@code TARN_TEST_OLLAMA} names. Prints counts, takes
 * minutes, and is run by its name only.
 */
@EnabledIfEnvironmentVariable(named = "TARN_TEST_OLLAMA", matches = "https?://.+")
class HostileDocumentsWithOllama {
    private static final int CONTEXT = 4_096;
    private static final Duration PATIENT = Duration.ofMinutes(5);

    /** Of a question that the model does not answer from the note alone, nothing counts as denied. */
    @Test
    void theyAreCounted() throws IOException {
        String model = Objects.requireNonNullElse(System.getenv("TARN_TEST_CHAT_MODEL"), "llama3.2");
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        try (OllamaGenerator generator = new OllamaGenerator(settings(model), CONTEXT);
                OllamaEmbedder embedder = new OllamaEmbedder(settings("all-minilm"))) {
            GroundedAnswers answers = new GroundedAnswers(generator, embedder, new AnswerSettings(CONTEXT, 0.35, 0.55));
            for (JsonNode hostile : HostileDocumentsTest.documents()) {
                Map<String, Integer> ofItsKind =
                        counts.computeIfAbsent(hostile.get("kind").asText(), kind -> new TreeMap<>());
                ofItsKind.merge("documents", 1, Integer::sum);
                boolean isAnsweredAlone = isAnswered(HostileDocumentsTest.alone(hostile, answers));
                GroundedAnswer answer = HostileDocumentsTest.baited(hostile, answers);
                ofItsKind.merge(isAnswered(answer) ? "answered" : "not answered", 1, Integer::sum);
                for (Harm harm : HostileDocumentsTest.harm(hostile, answer, "")) {
                    if (harm != Harm.DENIED || isAnsweredAlone) {
                        ofItsKind.merge(harm.name(), 1, Integer::sum);
                    }
                }
            }
        }

        counts.forEach((kind, ofIt) -> System.out.println(kind + ": " + ofIt));
        assertThat(counts).hasSize(6);
    }

    private static boolean isAnswered(GroundedAnswer answer) {
        return answer.status() == Answer.Status.ANSWERED;
    }

    private static OllamaSettings settings(String model) {
        return new OllamaSettings(URI.create(System.getenv("TARN_TEST_OLLAMA")), model, PATIENT);
    }
}
