package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path logs;

    @Test
    void endingBeforeItIsReadyShowsWhatItSaidLast() {
        ChildProcess child = shell("echo 'no room in the boat'; exit 3");

        assertThatThrownBy(() -> child.awaitReady(LIMIT, () -> false))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("boat ended with exit code 3")
                .hasMessageContaining("no room in the boat");
    }

    @Test
    void notBecomingReadyInTimeIsSaid() {
        ChildProcess child = shell("echo rowing; exec sleep 60");
        try {
            assertThatThrownBy(() -> child.awaitReady(Duration.ofMillis(200), () -> false))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("boat was not ready");
        } finally {
            child.stop();
        }
    }

    @Test
    void oneThatIgnoresTheRequestToEndIsKilled() {
        ChildProcess child = shell("trap '' TERM; touch ready; while true; do sleep 0.1; done");
        child.awaitReady(LIMIT, () -> Files.exists(logs.resolve("ready")));

        ChildProcess.stop(child.handle(), Duration.ofMillis(200));

        assertThat(child.handle().isAlive()).isFalse();
    }

    @Test
    void onlyAnEndThatNobodyAskedForIsReported() {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        ChildProcess stopped = shell("exec sleep 60");
        ChildProcess sunk = shell("echo a leak; exec sleep 60");
        for (ChildProcess child : List.of(stopped, sunk)) {
            child.onUnexpectedEnd(events::add);
            child.awaitReady(LIMIT, () -> true);
        }

        stopped.stop();
        sunk.handle().destroyForcibly();

        await().until(() -> !events.isEmpty());
        assertThat(events).singleElement().asString().contains("boat ended unexpectedly with exit code 137");
    }

    private ChildProcess shell(String script) {
        return ChildProcess.start("boat", List.of("sh", "-c", script), logs);
    }
}
