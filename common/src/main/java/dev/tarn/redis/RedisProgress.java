package dev.tarn.redis;

import dev.tarn.index.IndexProgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.UnifiedJedis;

/**
 * The progress of an index in Redis: on a cluster in many copies spread over the slots, so that every master has one, and
 * the lowest counts. See the package's documentation.
 */
public final class RedisProgress implements IndexProgress {
    private static final Script BEGIN = Script.named("progress.lua", "begin.lua");
    private static final Script FORGOT = Script.named("progress.lua", "forgot.lua");
    private static final Script ADVANCE = Script.named("progress.lua", "advance.lua");

    private final UnifiedJedis redis;
    private final List<String> copies;

    private RedisProgress(UnifiedJedis redis) {
        this.redis = redis;
        this.copies = redis instanceof ClusterClient ? Keys.progressOfCluster() : List.of(Keys.PROGRESS);
    }

    /**
     * Opens a client.
     *
     * @throws dev.tarn.failure.TransientFailure when Redis can't answer now
     * @throws dev.tarn.failure.Misconfiguration when the settings don't fit it
     */
    public static RedisProgress open(RedisSettings settings) {
        return new RedisProgress(RedisClients.open(settings.withConnections(1)));
    }

    @Override
    public Map<String, Long> begin(Collection<String> logs) {
        List<String> asked = List.copyOf(logs);
        Map<String, Long> reached = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        for (List<String> offsets : run(BEGIN, asked)) {
            for (int i = 0; i < asked.size(); i++) {
                if (offsets.get(i).isEmpty()) {
                    unknown.add(asked.get(i));
                } else {
                    reached.merge(asked.get(i), Long.parseLong(offsets.get(i)), Math::min);
                }
            }
        }
        reached.keySet().removeAll(unknown);
        return reached;
    }

    @Override
    public boolean forgot(Collection<String> logs) {
        return run(FORGOT, List.copyOf(logs)).stream().anyMatch(forgotten -> !forgotten.isEmpty());
    }

    @Override
    public void advance(Map<String, Long> complete) {
        List<String> arguments = new ArrayList<>();
        complete.forEach((log, offset) -> {
            arguments.add(log);
            arguments.add(Long.toString(offset));
        });
        run(ADVANCE, arguments);
    }

    private List<List<String>> run(Script script, List<String> arguments) {
        return RedisFailures.classified(() -> copies.stream()
                .map(copy -> Reply.texts(script.run(redis, List.of(copy), arguments)))
                .toList());
    }

    @Override
    public void close() {
        redis.close();
    }
}
