package dev.tarn.redis;

import java.util.List;
import java.util.function.Consumer;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** Goes through keys, a page at a time. */
final class Scans {
    private static final int PAGE = 500;

    private Scans() {}

    /** Hands over every key that is there all the while, some of them twice. */
    static void keys(UnifiedJedis redis, String pattern, Consumer<List<String>> page) {
        ScanParams params = new ScanParams().match(pattern).count(PAGE);
        String cursor = ScanParams.SCAN_POINTER_START;
        do {
            ScanResult<String> scanned = redis.scan(cursor, params);
            if (!scanned.getResult().isEmpty()) {
                page.accept(scanned.getResult());
            }
            cursor = scanned.getCursor();
        } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
}
