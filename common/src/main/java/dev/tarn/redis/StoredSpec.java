package dev.tarn.redis;

import dev.tarn.index.IndexSpec;
import dev.tarn.json.Json;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** How the index was made, as Redis has it. */
final class StoredSpec {
    private StoredSpec() {}

    /** Returns null where there is no index. */
    static IndexSpec read(UnifiedJedis redis) {
        return parse(redis.get(Keys.SPEC));
    }

    static IndexSpec parse(String stored) {
        return stored == null ? null : Json.readOwn(stored, IndexSpec.class);
    }

    /**
     * Records how the index is made, where that is not recorded yet.
     *
     * @return whether it was not
     * @throws dev.tarn.failure.Misconfiguration when it was made otherwise
     */
    static boolean createOrRequire(UnifiedJedis redis, IndexSpec wanted) {
        String set = redis.set(
                Keys.SPEC, Json.writeCompact(wanted), SetParams.setParams().nx());
        IndexSpec stored = read(redis);
        if (stored != null) {
            stored.requireCompatible(wanted);
        }
        return set != null;
    }
}
