package dev.tarn.redis;

import java.time.Duration;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.ClusterCommandObjects;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.StaticCommandFlagsRegistry;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.executors.ClusterCommandExecutor;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.ConnectionProvider;

/** A client of a Redis Cluster whose pipelines follow redirections, and whose scans go over all masters. */
final class ClusterClient extends UnifiedJedis {
    private static final int ATTEMPTS = 5;

    private final ClusterConnectionProvider nodes;
    private final Sender sender;

    private ClusterClient(
            CommandExecutor executor, Sender sender, ClusterConnectionProvider nodes, JedisClientConfig config) {
        super(executor, nodes, config, null);
        this.nodes = nodes;
        this.sender = sender;
    }

    static ClusterClient of(ClusterConnectionProvider nodes, JedisClientConfig config) {
        CommandExecutor singly = singly(nodes, config);
        return new ClusterClient(singly, new ClusterSender(nodes, singly), nodes, config);
    }

    /** A client whose threads share {@link RoundTrips}. */
    static ClusterClient sharing(ClusterConnectionProvider nodes, JedisClientConfig config) {
        CommandExecutor singly = singly(nodes, config);
        Sender trips = new RoundTrips(new ClusterSender(nodes, singly));
        return new ClusterClient(new SharedExecutor(trips, singly), trips, nodes, config);
    }

    private static CommandExecutor singly(ClusterConnectionProvider nodes, JedisClientConfig config) {
        return new ClusterCommandExecutor(
                nodes,
                ATTEMPTS,
                Duration.ofMillis(config.getSocketTimeoutMillis()),
                StaticCommandFlagsRegistry.registry());
    }

    @Override
    protected CommandObjects newCommandObjects(RedisProtocol protocol) {
        return new ClusterCommandObjects(protocol);
    }

    @Override
    public AbstractPipeline pipelined() {
        return new QueuedPipeline(sender, commandObjects);
    }

    @Override
    public ScanIteration scanIteration(int batch, String pattern) {
        return new ScanIteration(new Masters(nodes), batch, pattern);
    }

    @Override
    public ScanIteration scanIteration(int batch, String pattern, String type) {
        return new ScanIteration(new Masters(nodes), batch, pattern, type);
    }

    /** The nodes without their replicas, which hold the same keys. */
    private record Masters(ClusterConnectionProvider nodes) implements ConnectionProvider {

        @Override
        public Map<?, ?> getConnectionMap() {
            return nodes.getPrimaryNodesConnectionMap();
        }

        @Override
        public Connection getConnection() {
            return nodes.getConnection();
        }

        @Override
        public Connection getConnection(CommandArguments arguments) {
            return nodes.getConnection(arguments);
        }

        @Override
        public void close() {
            // The client owns the connections.
        }
    }
}
