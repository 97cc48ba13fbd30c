package dev.tarn.redis;

import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;

/** Goes through keys, a page at a time. */
final class Scans {
    private static final int PAGE = 500;

    private Scans() {}

    /** Hands over every key that is there all the while, some of them twice. */
    static void keys(UnifiedJedis redis, String pattern, Consumer<List<String>> page) {
        ScanIteration scan = redis.scanIteration(PAGE, pattern);
        while (!scan.isIterationCompleted()) {
            List<String> keys = scan.nextBatch().getResult();
            if (!keys.isEmpty()) {
                page.accept(keys);
            }
        }
    }
}
