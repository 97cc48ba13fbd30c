package dev.tarn.redis;

import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.executors.DefaultCommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;

/** A client of one server whose threads share {@link RoundTrips}. */
final class SharingClient extends UnifiedJedis {
    private final Sender trips;

    SharingClient(ConnectionProvider server, JedisClientConfig config) {
        this(new RoundTrips(new ServerSender(server)), server, config);
    }

    SharingClient(Sender trips, ConnectionProvider server, JedisClientConfig config) {
        super(new SharedExecutor(trips, new DefaultCommandExecutor(server)), server, config, null);
        this.trips = trips;
    }

    @Override
    public AbstractPipeline pipelined() {
        return new QueuedPipeline(trips, commandObjects);
    }
}
