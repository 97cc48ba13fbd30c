package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class OllamaTest {

    @Test
    void oneThatRunsIsUsedAndNeverStopped() {
        try (FakeServer running = new FakeServer()) {
            try (Ollama ollama = new Ollama(running.http(), OllamaTest::mustNotStart, 0)) {
                ollama.launch();

                assertThat(ollama.address()).isEqualTo(running.http().toString());
                assertThat(ollama.origin()).isEqualTo("found");
            }
            assertThat(Probe.httpAnswers(running.http())).isTrue();
        }
    }

    @Test
    void otherwiseTheStandInIsStartedAndStoppedWithTheStack() {
        Ollama ollama = new Ollama(nobody(), Stacks::standIn, 0);
        ollama.launch();
        ollama.awaitReady();
        URI standIn = URI.create(ollama.address());
        assertThat(ollama.origin()).isEqualTo("stand-in");

        ollama.close();

        assertThat(Probe.httpAnswers(standIn)).isFalse();
    }

    @Test
    void aStandInThatDoesNotStartSaysWhy() {
        Ollama ollama = new Ollama(nobody(), OllamaTest::mustNotStart, 0);

        assertThatThrownBy(ollama::launch).isInstanceOf(StackException.class).hasMessageContaining("no model here");
    }

    private static URI nobody() {
        return URI.create("http://127.0.0.1:" + new FreePorts().any());
    }

    private static OllamaStandIn mustNotStart(int port) {
        throw new IllegalStateException("no model here");
    }
}
