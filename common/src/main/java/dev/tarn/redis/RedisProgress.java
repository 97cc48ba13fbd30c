package dev.tarn.redis;

import dev.tarn.index.IndexProgress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.UnifiedJedis;

/** The progress of an index in Redis. See the package's documentation. */
public final class RedisProgress implements IndexProgress {
    private static final Script BEGIN = Script.named("progress.lua", "begin.lua");
    private static final Script FORGOT = Script.named("progress.lua", "forgot.lua");
    private static final Script ADVANCE = Script.named("progress.lua", "advance.lua");
    private static final List<String> KEYS = List.of(Keys.PROGRESS);

    private final UnifiedJedis redis;

    private RedisProgress(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Opens a client; connections are made when they are needed. */
    public static RedisProgress open(RedisSettings settings) {
        return new RedisProgress(RedisClients.open(settings.withConnections(1)));
    }

    @Override
    public Map<String, Long> begin(Collection<String> logs) {
        List<String> asked = List.copyOf(logs);
        List<String> offsets = run(BEGIN, asked);
        Map<String, Long> reached = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!offsets.get(i).isEmpty()) {
                reached.put(asked.get(i), Long.parseLong(offsets.get(i)));
            }
        }
        return reached;
    }

    @Override
    public boolean forgot(Collection<String> logs) {
        return !run(FORGOT, List.copyOf(logs)).isEmpty();
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

    private List<String> run(Script script, List<String> arguments) {
        return RedisFailures.classified(() -> Reply.texts(script.run(redis, KEYS, arguments)));
    }

    @Override
    public void close() {
        redis.close();
    }
}
