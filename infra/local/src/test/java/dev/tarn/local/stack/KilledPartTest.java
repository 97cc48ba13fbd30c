package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class KilledPartTest {

    @TempDir
    Path data;

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    void comesBackAtTheSameAddressWithItsDataAndIsNoAccident() {
        try (FakeServer fake = new FakeServer();
                Stack stack = Stack.start(KilledStack.settings(data, fake), Stacks::standIn, events::add)) {
            URI redis = stack.endpoints().redis();
            try (Jedis jedis = new Jedis(redis)) {
                jedis.set("lake", "tarn");
            }

            stack.kill(Part.REDIS);
            assertThat(Probe.accepts(redis.getHost(), redis.getPort())).isFalse();

            stack.restart(Part.REDIS, "--maxclients", "77");
            try (Jedis jedis = new Jedis(redis)) {
                assertThat(jedis.get("lake")).isEqualTo("tarn");
                assertThat(jedis.configGet("maxclients")).containsEntry("maxclients", "77");
            }
        }
        assertThat(events).noneMatch(event -> event.contains("unexpectedly"));
    }

    @Test
    void aSpareRedisIsStartedWhenItIsAskedForAndStopsWithTheStack() {
        URI spare;
        try (FakeServer fake = new FakeServer();
                Stack stack = Stack.start(KilledStack.settings(data, fake), Stacks::standIn, events::add)) {
            spare = URI.create(stack.address(Part.SPARE_REDIS));
            assertThat(Probe.redisAnswers(spare.getHost(), spare.getPort())).isFalse();

            stack.restart(Part.SPARE_REDIS);

            assertThat(Probe.redisAnswers(spare.getHost(), spare.getPort())).isTrue();
            assertThat(spare).isNotEqualTo(stack.endpoints().redis());
        }
        assertThat(Probe.redisAnswers(spare.getHost(), spare.getPort())).isFalse();
    }

    @Test
    void aPartThatWasGivenIsNotTheStacksToRestart() {
        try (FakeServer fake = new FakeServer();
                Stack stack = Stack.start(KilledStack.settings(data, fake), Stacks::standIn, events::add)) {
            assertThatThrownBy(() -> stack.restart(Part.BROKER)).hasMessageContaining("given");
        }
    }
}
