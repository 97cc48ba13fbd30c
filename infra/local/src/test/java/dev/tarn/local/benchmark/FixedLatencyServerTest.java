package dev.tarn.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaGenerator;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.Prompt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FixedLatencyServerTest {
    private static final Duration LATENCY = Duration.ofMillis(30);

    private final TopicVectors vectors = new TopicVectors(7);
    private final FixedLatencyServer server = new FixedLatencyServer(LATENCY, vectors);
    private final OllamaSettings settings =
            new OllamaSettings(server.uri(), FixedLatencyServer.MODEL, Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theClientsOfTheJobsFindTheModelsAndGetVectorsAndAnswers() {
        try (OllamaEmbedder embedder = new OllamaEmbedder(settings);
                OllamaGenerator generator = new OllamaGenerator(settings, 4_096)) {
            EmbeddingModelInfo info = embedder.describe();
            assertThat(info.dimension()).isEqualTo(TopicVectors.DIMENSION);

            List<String> texts = List.of("a text", "another \"text\"\n", "ein Text mit Umlaut: ä");
            long start = System.nanoTime();
            List<float[]> embedded = embedder.embed(texts);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(LATENCY);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(embedded.get(i)).isEqualTo(vectors.of(texts.get(i)));
            }

            generator.check();
            assertThat(generator.generate(new Prompt("system", "question")).text())
                    .contains("[1]");
        }
    }

    @Test
    void moreCallsThanThreadsAreAllAnswered() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(32);
        try (OllamaEmbedder embedder = new OllamaEmbedder(settings)) {
            List<Future<List<float[]>>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                List<String> text = List.of("text " + i);
                calls.add(callers.submit(() -> embedder.embed(text)));
            }
            for (int i = 0; i < calls.size(); i++) {
                assertThat(calls.get(i).get()).containsExactly(vectors.of("text " + i));
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void vectorsHaveLengthOneAndAreOfTheTextAndTheSeedAlone() {
        TopicVectors same = new TopicVectors(7);
        TopicVectors other = new TopicVectors(8);
        for (int i = 0; i < 100; i++) {
            float[] vector = vectors.of("text " + i);
            double squares = 0;
            for (float component : vector) {
                squares += component * component;
            }
            assertThat(squares).isCloseTo(1, within(1e-4));
            assertThat(same.of("text " + i)).isEqualTo(vector);
            assertThat(other.of("text " + i)).isNotEqualTo(vector);
            assertThat(vectors.of("text " + (i + 1))).isNotEqualTo(vector);
        }
    }
}
