package dev.tarn.redis;

import java.util.List;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Response;

/** Sends commands, all at once, and waits for what becomes of them. */
@FunctionalInterface
interface Sender {

    /**
     * Sets the response of each command, to an error where the server answered one.
     *
     * @throws redis.clients.jedis.exceptions.JedisException when it isn't known what became of some
     */
    void send(List<Queued<?>> commands);

    /** A command, and where its reply goes. */
    record Queued<T>(CommandObject<T> command, Response<T> response) {

        static <T> Queued<T> of(CommandObject<T> command) {
            return new Queued<>(command, new Response<>(command.getBuilder()));
        }
    }
}
