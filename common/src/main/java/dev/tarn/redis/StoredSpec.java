package dev.tarn.redis;

import dev.tarn.index.IndexSpec;
import dev.tarn.json.Json;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** How the index was made, as Redis has it, against how the settings want it. */
final class StoredSpec {
    private final UnifiedJedis redis;
    private final IndexSpec wanted;
    private volatile boolean verified;

    StoredSpec(UnifiedJedis redis, IndexSpec wanted) {
        this.redis = redis;
        this.wanted = wanted;
    }

    int dimension() {
        return wanted.dimension();
    }

    void createOrRequire() {
        redis.set(Keys.SPEC, Json.writeCompact(wanted), SetParams.setParams().nx());
        requireIfPresent();
    }

    /** Compares once; an index that is not there yet is compared when it is. */
    void requireIfPresent() {
        if (verified) {
            return;
        }
        String stored = redis.get(Keys.SPEC);
        if (stored != null) {
            Json.readOwn(stored, IndexSpec.class).requireCompatible(wanted);
            verified = true;
        }
    }
}
