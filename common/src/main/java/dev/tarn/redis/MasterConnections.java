package dev.tarn.redis;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.pool2.PooledObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Connections to the master behind an address. Once a server answers one of them {@code READONLY}, it is a replica, and
 * the address may lead to another server by now: that connection is not used again, nor are those that were opened before
 * the answer. Who only reads is told nothing, so no connection is taken up again when it is {@link #OLDEST}.
 */
final class MasterConnections extends ConnectionFactory {
    private static final Duration OLDEST = Duration.ofSeconds(10);

    private final Duration oldest;

    MasterConnections(HostAndPort address, JedisClientConfig config) {
        this(address, config, OLDEST);
    }

    MasterConnections(HostAndPort address, JedisClientConfig config, Duration oldest) {
        this(address, config, oldest, new AtomicLong());
    }

    private MasterConnections(HostAndPort address, JedisClientConfig config, Duration oldest, AtomicLong term) {
        super(ConnectionFactory.builder()
                .clientConfig(config)
                .connectionBuilder(new Builder(term)
                        .clientConfig(config)
                        .socketFactory(new DefaultJedisSocketFactory(address, config))));
        this.oldest = oldest;
    }

    @Override
    public void activateObject(PooledObject<Connection> pooled) throws Exception {
        if (pooled.getObject() instanceof MasterConnection connection && !connection.isCurrent(oldest)) {
            throw new IllegalStateException("the server of this connection may be no master any more");
        }
        super.activateObject(pooled);
    }

    private static final class Builder extends Connection.Builder {
        /** How often a server has said that it is no master. */
        private final AtomicLong term;

        Builder(AtomicLong term) {
            this.term = term;
        }

        @Override
        protected Connection createConnection() {
            return new MasterConnection(this, term);
        }
    }

    private static final class MasterConnection extends Connection {
        private final AtomicLong terms;
        private final long term;
        private final long opened = System.nanoTime();

        MasterConnection(Builder builder, AtomicLong terms) {
            super(builder);
            this.terms = terms;
            this.term = terms.get();
        }

        private boolean isCurrent(Duration oldest) {
            return term == terms.get() && System.nanoTime() - opened < oldest.toNanos();
        }

        @Override
        protected Object readProtocolWithCheckingBroken() {
            try {
                return super.readProtocolWithCheckingBroken();
            } catch (JedisDataException e) {
                if (RedisFailures.isReadOnly(e)) {
                    terms.compareAndSet(term, term + 1);
                }
                throw e;
            }
        }

        @Override
        public boolean isBroken() {
            return term != terms.get() || super.isBroken();
        }
    }
}
