package dev.tarn.redis;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.args.Rawable;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** Counts what clients like those of the jobs send. */
final class Traffic {
    private final AtomicInteger trips = new AtomicInteger();
    private final AtomicInteger bytes = new AtomicInteger();
    private final AtomicInteger mostArguments = new AtomicInteger();

    /** The arrays themselves: an array equals no other. */
    private final Set<byte[]> sent = ConcurrentHashMap.newKeySet();

    /** As that of the ingest job, whose threads share round trips of some commands each. */
    UnifiedJedis writer(URI server) {
        return client(server, RoundTrips::new);
    }

    /** As that of the query job: a pipeline is a round trip. */
    UnifiedJedis reader(URI server) {
        return client(server, counting -> counting);
    }

    private UnifiedJedis client(URI server, UnaryOperator<Sender> sharing) {
        JedisClientConfig config = DefaultJedisClientConfig.builder().build();
        ConnectionProvider connections = new PooledConnectionProvider(
                new HostAndPort(server.getHost(), server.getPort()), config, new ConnectionPoolConfig());
        Sender sender = new ServerSender(connections);
        Sender counting = commands -> {
            count(commands);
            sender.send(commands);
        };
        return new SharingClient(sharing.apply(counting), connections, config);
    }

    private void count(List<Sender.Queued<?>> commands) {
        trips.incrementAndGet();
        for (Sender.Queued<?> queued : commands) {
            int arguments = 0;
            for (Rawable argument : queued.command().getArguments()) {
                arguments++;
                bytes.addAndGet(argument.getRaw().length);
                sent.add(argument.getRaw());
            }
            mostArguments.accumulateAndGet(arguments, Math::max);
        }
    }

    void reset() {
        trips.set(0);
        bytes.set(0);
        mostArguments.set(0);
        sent.clear();
    }

    int trips() {
        return trips.get();
    }

    int bytes() {
        return bytes.get();
    }

    /** Of one command, its name counted. */
    int mostArguments() {
        return mostArguments.get();
    }

    boolean sent(byte[] array) {
        return sent.contains(array);
    }
}
