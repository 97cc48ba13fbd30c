package dev.tarn.redis;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.security.Tls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashSet;
import java.util.Set;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Opens clients: of one server, or of the cluster that it belongs to. */
final class RedisClients {
    private static final int DEFAULT_PORT = 6379;

    /** One for each line, and one for what names no key. */
    private static final int SHARING = RoundTrips.LINES + 1;

    private static final String STORE = "PKCS12";

    private RedisClients() {}

    /**
     * Asks the first server that answers whether it is a node of a cluster, and opens the client that fits.
     *
     * @throws dev.tarn.failure.Misconfiguration when the address can't be one, or access is denied
     * @throws dev.tarn.failure.TransientFailure when no server answers
     */
    static UnifiedJedis open(RedisSettings settings) {
        return open(settings, false);
    }

    /** The same, for a client whose threads share {@link RoundTrips}. */
    static UnifiedJedis openSharing(RedisSettings settings) {
        return open(settings, true);
    }

    private static UnifiedJedis open(RedisSettings settings, boolean sharing) {
        Set<HostAndPort> seeds = hosts(settings.uri());
        JedisClientConfig config = config(settings);
        return RedisFailures.classified(
                () -> open(seeds, config, pool(sharing ? SHARING : settings.connections()), sharing));
    }

    private static UnifiedJedis open(
            Set<HostAndPort> seeds, JedisClientConfig config, ConnectionPoolConfig pool, boolean sharing) {
        JedisConnectionException unreachable = null;
        for (HostAndPort seed : seeds) {
            ConnectionProvider server = new PooledConnectionProvider(new MasterConnections(seed, config), pool);
            UnifiedJedis client = sharing
                    ? new SharingClient(server, config)
                    : RedisClient.builder()
                            .connectionProvider(server)
                            .clientConfig(config)
                            .build();
            boolean kept = false;
            try {
                if (client.info("cluster").contains("cluster_enabled:1")) {
                    ClusterConnectionProvider nodes = new ClusterConnectionProvider(seeds, config, pool);
                    return sharing ? ClusterClient.sharing(nodes, config) : ClusterClient.of(nodes, config);
                }
                if (seeds.size() > 1) {
                    throw new Misconfiguration(
                            "--redis names several hosts, but " + seed + " is no node of a Redis Cluster.");
                }
                kept = true;
                return client;
            } catch (JedisConnectionException e) {
                unreachable = e;
            } finally {
                if (!kept) {
                    client.close();
                }
            }
        }
        throw unreachable;
    }

    private static JedisClientConfig config(RedisSettings settings) {
        int timeoutMs = Math.toIntExact(settings.timeout().toMillis());
        return DefaultJedisClientConfig.builder()
                .user(settings.user())
                .password(
                        settings.password() == null ? null : settings.password().read())
                .database(database(settings.uri()))
                .sslOptions(isTls(settings.uri()) ? tls(settings.tls()) : null)
                .clientName("tarn")
                .connectionTimeoutMillis(timeoutMs)
                .socketTimeoutMillis(timeoutMs)
                .build();
    }

    private static SslOptions tls(Tls tls) {
        SslOptions.Builder options = SslOptions.builder().trustStoreType(STORE).keyStoreType(STORE);
        KeyStore trusted = tls.trustStore();
        if (trusted != null) {
            options.truststore(inMemory(trusted), Tls.IN_MEMORY.toCharArray());
        }
        KeyStore own = tls.keyStore();
        if (own != null) {
            options.keystore(inMemory(own), Tls.IN_MEMORY.toCharArray());
        }
        return options.build();
    }

    private static SslOptions.Resource inMemory(KeyStore store) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, Tls.IN_MEMORY.toCharArray());
            return () -> new ByteArrayInputStream(bytes.toByteArray());
        } catch (GeneralSecurityException | IOException e) {
            throw new Misconfiguration("The certificates for --redis can't be used", e);
        }
    }

    private static ConnectionPoolConfig pool(int connections) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        return pool;
    }

    private static boolean isTls(URI uri) {
        return "rediss".equals(uri.getScheme());
    }

    /** One host, or several with commas between them, which {@link URI} does not take apart. */
    private static Set<HostAndPort> hosts(URI uri) {
        if (uri.getAuthority() == null || !isTls(uri) && !"redis".equals(uri.getScheme())) {
            throw badAddress(null);
        }
        Set<HostAndPort> hosts = new LinkedHashSet<>();
        String authority = uri.getAuthority();
        for (String host : authority.substring(authority.indexOf('@') + 1).split(",", -1)) {
            URI each = hostAlone(host);
            if (each.getHost() == null) {
                throw badAddress(null);
            }
            hosts.add(new HostAndPort(each.getHost(), each.getPort() < 0 ? DEFAULT_PORT : each.getPort()));
        }
        return hosts;
    }

    private static URI hostAlone(String host) {
        try {
            return URI.create("redis://" + host);
        } catch (IllegalArgumentException e) {
            throw badAddress(e);
        }
    }

    private static Misconfiguration badAddress(RuntimeException cause) {
        return new Misconfiguration(
                "--redis must be redis://host:port or rediss://host:port; for a cluster, redis://host:port,host:port",
                cause);
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
