package dev.tarn.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.TransientFailure;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskModelTest {
    private final FakeOllama ollama = FakeOllama.start();
    private final OllamaSettings settings =
            new OllamaSettings(ollama.uri(), FakeOllama.EMBEDDING_MODEL, Duration.ofSeconds(20));
    private final TaskClients clients = new TaskClients();
    private final Map<MetricListener, Metrics> stages = new HashMap<>();
    private final MetricListener one = new MetricListener();
    private final MetricListener other = new MetricListener();

    @AfterEach
    void close() {
        clients.close();
        ollama.close();
    }

    @Test
    void theServerIsAskedOnceForAllStagesOfTheTask() {
        TaskModel model = of(one);

        assertThat(of(other)).isSameAs(model);
        assertThat(model.info().dimension()).isEqualTo(FakeOllama.DIMENSION);
        assertThat(ollama.calls().count(FakeOllama.Endpoint.EMBED)).isEqualTo(1);
    }

    @Test
    void anOutageAtTheStartIsOverForTheStageThatFindsTheModelOpen() {
        ollama.fail(FakeOllama.Endpoint.EMBED, Fault.Status.BUSY);
        assertThatThrownBy(() -> of(one)).isInstanceOf(TransientFailure.class);
        assertThatThrownBy(() -> of(other)).isInstanceOf(TransientFailure.class);
        assertThat(outage(one)).isEqualTo(1);
        assertThat(outage(other)).isEqualTo(1);
        ollama.recover();

        of(one);
        of(other);

        assertThat(outage(one)).isZero();
        assertThat(outage(other)).isZero();
    }

    private TaskModel of(MetricListener stage) {
        return TaskModel.of(
                clients, settings, stages.computeIfAbsent(stage, listener -> Metrics.of(listener.getMetricGroup())));
    }

    private static int outage(MetricListener stage) {
        return stage.<Integer>getGauge("tarn", "system", "ollama", "outage")
                .orElseThrow()
                .getValue();
    }
}
