package dev.tarn.redis;

import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;

/** Sends to one server, which carries out the commands in their order. */
record ServerSender(ConnectionProvider server) implements Sender {

    @Override
    public void send(List<Queued<?>> commands) {
        try (Connection connection = server.getConnection()) {
            try {
                commands.forEach(each -> connection.sendCommand(each.command().getArguments()));
                List<Object> replies = connection.getMany(commands.size());
                for (int i = 0; i < replies.size(); i++) {
                    commands.get(i).response().set(replies.get(i));
                }
            } catch (JedisException e) {
                connection.setBroken();
                throw e;
            }
        }
    }
}
