package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class KilledStackTest {

    @TempDir
    Path data;

    @Test
    void whatAKilledStackLeavesRunningIsStoppedByTheNext() throws Exception {
        DataFolder folder = new DataFolder(data);
        Process killed = KilledStack.run(data);
        await().atMost(Duration.ofMinutes(1)).until(() -> folder.endpoints().isPresent());
        Endpoints before = folder.endpoints().orElseThrow();
        ProcessHandle leftover = folder.pidFile(Part.REDIS).running().orElseThrow();
        try (Jedis redis = new Jedis(before.redis())) {
            redis.set("lake", "tarn");
        }

        killed.destroyForcibly().waitFor();
        assertThat(leftover.isAlive()).isTrue();
        assertThat(folder.endpoints()).as("a killed stack answers no more").isEmpty();

        List<String> events = new ArrayList<>();
        try (FakeServer fake = new FakeServer();
                Stack next = Stack.start(KilledStack.settings(data, fake), Stacks::standIn, events::add);
                Jedis redis = new Jedis(next.endpoints().redis())) {
            assertThat(leftover.isAlive()).isFalse();
            assertThat(events).contains("stopping the redis that a killed stack has left running");
            assertThat(redis.get("lake")).isEqualTo("tarn");
        }
    }

    @Test
    void aStackWhoseJvmIsAskedToEndLeavesNothingRunning() throws Exception {
        DataFolder folder = new DataFolder(data);
        Process asked = KilledStack.run(data);
        await().atMost(Duration.ofMinutes(1)).until(() -> folder.endpoints().isPresent());
        ProcessHandle redis = folder.pidFile(Part.REDIS).running().orElseThrow();

        asked.destroy();
        asked.waitFor();

        assertThat(redis.isAlive()).isFalse();
    }
}
