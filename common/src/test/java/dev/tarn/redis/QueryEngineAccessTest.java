package dev.tarn.redis;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.audit.Orphan;
import dev.tarn.index.Receipt;
import dev.tarn.security.Tls;
import dev.tarn.testing.RedisUsers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClient;

/**
 * The users of {@code infra/redis/users-query-engine.acl}. Runs on a server that is given; its keys {@code tarn:*},
 * indexes {@code tarn*} and users {@code tarn-*} are removed.
 */
@SearchServer.Given
class QueryEngineAccessTest extends RedisAccessContract {

    @BeforeAll
    static void addUsers() {
        empty();
        try (Jedis redis = new Jedis(SearchServer.uri())) {
            RedisUsers.addTo(redis, RedisUsers.OF_QUERY_ENGINE, PASSWORDS);
        }
    }

    @AfterAll
    static void removeUsers() {
        empty();
        try (Jedis redis = new Jedis(SearchServer.uri())) {
            PASSWORDS.keySet().forEach(redis::aclDelUser);
        }
    }

    private static void empty() {
        try (RedisClient redis = RedisClient.create(SearchServer.uri())) {
            SearchServer.empty(redis);
        }
    }

    @Override
    protected RedisSettings as(String user) {
        return new RedisSettings(SearchServer.uri(), user, password(), Tls.DEFAULT, Duration.ofSeconds(20), 4);
    }

    @Override
    protected EngineSettings engine() {
        return new EngineSettings(EngineSettings.Kind.QUERY_ENGINE, 1, HnswSettings.DEFAULT);
    }

    @Test
    void whatComesInSeveralPagesIsVerifiedToo() {
        String[] texts = IntStream.range(0, 1_500).mapToObj(i -> "text " + i).toArray(String[]::new);
        try (RedisIndex writer = RedisIndex.openForWriting(as("tarn-ingest"), index());
                RedisAudit audit = RedisAudit.open(as("tarn-verify"))) {
            assertThat(deliver(writer, chunked(at(1), document("large"), texts)))
                    .isEqualTo(Receipt.Action.INDEXED);
            List<Orphan> orphans = new ArrayList<>();

            audit.orphans(Map.of(at(1).log(), 2L), Map.of(), orphans::add);

            assertThat(orphans).isEmpty();
        }
    }
}
