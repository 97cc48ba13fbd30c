package dev.tarn.redis;

import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.RecordOrder;
import dev.tarn.source.SourcePosition;
import dev.tarn.testing.RedisServer;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

class VectorSetAuditTest extends VectorSetAuditContract {
    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected RedisSettings redis() {
        return RedisSettings.of(server.uri());
    }

    @Override
    protected int shards() {
        return 1;
    }

    @Override
    protected void empty(UnifiedJedis client) {
        client.flushAll();
    }

    /** The rule is written twice: in the scripts, where it decides, and in Java. */
    @Test
    void theRuleInJavaIsTheRuleOfTheScripts() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String id = "document-" + round;
            for (int delivery = 0; delivery < 6; delivery++) {
                SourcePosition position = new SourcePosition(
                        "documents",
                        "generation-" + random.nextInt(2),
                        random.nextInt(2),
                        random.nextInt(3),
                        Instant.ofEpochSecond(random.nextInt(3)));
                Long version = random.nextBoolean() ? null : (long) random.nextInt(3) - 1;
                ChunkedDocument document =
                        chunked(position, document(id, "default", version, Map.of()), "text " + random.nextInt(100));
                RecordOrder stored = stored(id);
                boolean superseded = index().plan(document).state() == Plan.State.SUPERSEDED;
                RecordOrder order = RecordOrder.of(position, version);
                assertThat(stored != null && order.isOlderThan(stored))
                        .as("%s after %s, seed %d", order, stored, seed)
                        .isEqualTo(superseded);
                deliver(document);
            }
        }
    }

    private RecordOrder stored(String id) {
        StoredManifest manifest = new StoredManifest(id, client().hgetAll(Keys.manifest(id)));
        return manifest.exists() ? manifest.order() : null;
    }
}
