package dev.tarn.redis;

import dev.tarn.failure.Misconfiguration;
import java.net.URI;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;

/** Opens clients. */
final class RedisClients {
    private static final int DEFAULT_PORT = 6379;

    private RedisClients() {}

    /** Opens a client; connections are made when they are needed. */
    static UnifiedJedis open(RedisSettings settings) {
        URI uri = settings.uri();
        boolean tls = "rediss".equals(uri.getScheme());
        if (uri.getHost() == null || !tls && !"redis".equals(uri.getScheme())) {
            throw new Misconfiguration("--redis must be redis://host:port or rediss://host:port");
        }
        int timeoutMs = Math.toIntExact(settings.timeout().toMillis());
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(settings.connections());
        pool.setMaxIdle(settings.connections());
        return RedisClient.builder()
                .hostAndPort(new HostAndPort(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()))
                .clientConfig(DefaultJedisClientConfig.builder()
                        .user(settings.user())
                        .password(settings.password())
                        .database(database(uri))
                        .sslOptions(tls ? SslOptions.defaults() : null)
                        .clientName("tarn")
                        .connectionTimeoutMillis(timeoutMs)
                        .socketTimeoutMillis(timeoutMs)
                        .build())
                .poolConfig(pool)
                .build();
    }

    private static int database(URI uri) {
        String path = uri.getPath();
        if (path == null || path.length() <= 1) {
            return 0;
        }
        try {
            return Integer.parseInt(path.substring(1));
        } catch (NumberFormatException e) {
            throw new Misconfiguration("the path of --redis is the number of a database, as in redis://host:6379/0", e);
        }
    }
}
