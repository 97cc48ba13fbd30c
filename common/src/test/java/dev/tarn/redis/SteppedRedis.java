package dev.tarn.redis;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * A client whose every command, those of a pipeline one by one, waits until the {@link Actor} of its thread may go on. All
 * actors share one connection, for one at a time runs. A thread without an actor does not wait.
 */
final class SteppedRedis extends UnifiedJedis {
    private final Stepper stepper;

    private SteppedRedis(Stepper stepper) {
        super(stepper, (ConnectionProvider) null, RedisProtocol.RESP3, null);
        this.stepper = stepper;
    }

    static SteppedRedis connect(URI server, int database) {
        return new SteppedRedis(new Stepper(new Connection(
                new HostAndPort(server.getHost(), server.getPort()),
                DefaultJedisClientConfig.builder()
                        .protocol(RedisProtocol.RESP3)
                        .database(database)
                        .build())));
    }

    @Override
    public AbstractPipeline pipelined() {
        return new SteppedPipeline(stepper);
    }

    private record Stepper(Connection connection) implements CommandExecutor {

        @Override
        public <T> T executeCommand(CommandObject<T> command) {
            return command.getBuilder().build(raw(command.getArguments()));
        }

        Object raw(CommandArguments arguments) {
            Supplier<Object> run = () -> connection.executeCommand(arguments);
            Actor actor = Actor.current();
            return actor == null ? run.get() : actor.command(arguments, run);
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static final class SteppedPipeline extends AbstractPipeline {
        private final Stepper stepper;
        private final Deque<Runnable> commands = new ArrayDeque<>();

        SteppedPipeline(Stepper stepper) {
            super(new CommandObjects(RedisProtocol.RESP3));
            this.stepper = stepper;
        }

        @Override
        protected <T> Response<T> appendCommand(CommandObject<T> command) {
            Response<T> response = new Response<>(command.getBuilder());
            commands.add(() -> {
                try {
                    response.set(stepper.raw(command.getArguments()));
                } catch (JedisDataException e) {
                    response.set(e);
                }
            });
            return response;
        }

        @Override
        public void sync() {
            try {
                commands.forEach(Runnable::run);
            } finally {
                commands.clear();
            }
        }

        @Override
        public void close() {
            sync();
        }
    }
}
