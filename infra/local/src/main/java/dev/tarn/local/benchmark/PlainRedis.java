package dev.tarn.local.benchmark;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.redis.RedisSettings;
import java.net.URI;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;

/** One database of a Redis, spoken to without any of the index' code. */
final class PlainRedis implements AutoCloseable {
    private static final int DEFAULT_PORT = 6379;

    private final RedisClient client;
    private final int database;

    private PlainRedis(RedisClient client, int database) {
        this.client = client;
        this.database = database;
    }

    /** Opens the database that the address names; of one server, no cluster. */
    static PlainRedis open(RedisSettings settings) {
        String path = settings.uri().getPath();
        return open(settings, path == null || path.length() <= 1 ? 0 : Integer.parseInt(path.substring(1)));
    }

    /** Opens this database, whichever the address names. */
    static PlainRedis open(RedisSettings settings, int database) {
        URI uri = settings.uri();
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(settings.connections());
        pool.setMaxIdle(settings.connections());
        RedisClient client = RedisClient.builder()
                .hostAndPort(new HostAndPort(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .user(settings.user())
                        .password(
                                settings.password() == null
                                        ? null
                                        : settings.password().read())
                        .database(database)
                        .socketTimeoutMillis(60_000)
                        .sslOptions("rediss".equals(uri.getScheme()) ? SslOptions.defaults() : null)
                        .build())
                .poolConfig(pool)
                .build();
        return new PlainRedis(client, database);
    }

    /**
     * Makes sure that nothing of anybody's is deleted.
     *
     * @throws Misconfiguration when there is something in the database
     */
    void requireEmpty() {
        if (client.dbSize() > 0) {
            throw new Misconfiguration("Database " + database + " of this Redis is not empty. It is used to measure in,"
                    + " and emptied: name a database that is free with --redis, as in redis://host:6379/9.");
        }
    }

    RedisClient client() {
        return client;
    }

    /** A field of what {@code INFO} tells. */
    String info(String section, String field) {
        return client.info(section)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1).strip())
                .findFirst()
                .orElse("?");
    }

    /** What the server has allocated for data and all else, in bytes. */
    long usedMemory() {
        return Long.parseLong(info("memory", "used_memory"));
    }

    void clear() {
        client.flushDB();
    }

    @Override
    public void close() {
        client.close();
    }
}
