package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.testing.Ports;
import dev.tarn.testing.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.providers.PooledConnectionProvider;

class MasterConnectionsTest {
    private static RedisServer server;
    private static Jedis operator;

    private UnifiedJedis client;
    private Set<String> before;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        operator = new Jedis(server.uri());
    }

    @AfterAll
    static void stop() {
        operator.close();
        server.close();
    }

    @BeforeEach
    void openThreeConnections() {
        client = RedisClients.open(RedisSettings.of(server.uri()));
        useThreeAtOnce();
        before = connections();
        assertThat(before).hasSize(3);
        operator.replicaof("127.0.0.1", Ports.free());
    }

    @AfterEach
    void close() {
        operator.replicaofNoOne();
        client.close();
    }

    @Test
    void noConnectionIsUsedAgainAfterACommandWasAnsweredReadOnly() {
        assertThatThrownBy(() -> client.set("key", "other")).hasMessageContaining("READONLY");

        assertThatAllAreRenewed();
    }

    @Test
    void norIsOneThatWhoOnlyReadsHasHadForLong() {
        HostAndPort address =
                new HostAndPort(server.uri().getHost(), server.uri().getPort());
        JedisClientConfig config = DefaultJedisClientConfig.builder().build();
        try (UnifiedJedis old = reader(new MasterConnections(address, config, Duration.ofMillis(500)));
                UnifiedJedis young = reader(new MasterConnections(address, config, Duration.ofHours(1)))) {
            Object first = clientId(old);
            await().atMost(Duration.ofMinutes(1)).until(() -> !clientId(old).equals(first));
            assertThat(clientId(young)).isEqualTo(clientId(young));
        }
    }

    private static UnifiedJedis reader(MasterConnections connections) {
        return RedisClient.builder()
                .connectionProvider(new PooledConnectionProvider(connections, new ConnectionPoolConfig()))
                .clientConfig(DefaultJedisClientConfig.builder().build())
                .build();
    }

    private static Object clientId(UnifiedJedis client) {
        return client.executeCommand(
                new CommandObject<>(new CommandArguments(Protocol.Command.CLIENT).add("ID"), BuilderFactory.LONG));
    }

    @Test
    void norAfterAScriptWas() {
        assertThatThrownBy(() -> client.eval("redis.call('SET', KEYS[1], 'other')", 1, "key"))
                .hasMessageContaining("READONLY");

        assertThatAllAreRenewed();
    }

    @Test
    void norAfterOneOfManyCommandsWasAndTheOthersHaveTheirReplies() {
        Response<String> read;
        Response<String> written;
        Response<String> readAfter;
        try (AbstractPipeline pipeline = client.pipelined()) {
            read = pipeline.get("key");
            written = pipeline.set("key", "other");
            readAfter = pipeline.get("key");
        }

        assertThat(read.get()).isEqualTo("value");
        assertThatThrownBy(written::get).isInstanceOf(JedisDataException.class).hasMessageContaining("READONLY");
        assertThat(readAfter.get()).isEqualTo("value");
        assertThatAllAreRenewed();
    }

    @Test
    void anyOtherErrorLeavesThemAsTheyAre() {
        assertThatThrownBy(() -> client.hget("key", "field")).hasMessageContaining("WRONGTYPE");
        assertThat(client.get("key")).isEqualTo("value");

        assertThat(connections()).isEqualTo(before);
    }

    private void useThreeAtOnce() {
        try (AbstractPipeline one = client.pipelined();
                AbstractPipeline two = client.pipelined();
                AbstractPipeline three = client.pipelined()) {
            List.of(one, two, three).forEach(pipeline -> pipeline.set("key", "value"));
        }
    }

    /** Those that lie idle are closed when they would be used again. */
    private void assertThatAllAreRenewed() {
        operator.replicaofNoOne();
        useThreeAtOnce();
        assertThat(connections()).hasSize(3).doesNotContainAnyElementsOf(before);
    }

    private static Set<String> connections() {
        return operator.clientList()
                .lines()
                .filter(line -> line.contains(" name=tarn "))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }
}
