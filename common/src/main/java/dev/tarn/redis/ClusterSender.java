package dev.tarn.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/**
 * Sends to all nodes of a cluster at once. Jedis' own pipeline answers a command whose slot has moved, or is moving,
 * with an error, and does not learn from it; here such a command is sent again by itself, following the redirection,
 * and so is one whose node did not answer. So a command may be carried out twice, and out of order: for commands that
 * allow that only.
 */
record ClusterSender(ClusterConnectionProvider nodes, CommandExecutor singly) implements Sender {

    @Override
    public void send(List<Queued<?>> commands) {
        List<Queued<?>> again = new ArrayList<>();
        Map<HostAndPort, List<Queued<?>>> byNode = new LinkedHashMap<>();
        for (Queued<?> each : commands) {
            HostAndPort node = node(each.command());
            (node == null ? again : byNode.computeIfAbsent(node, key -> new ArrayList<>())).add(each);
        }
        Map<Connection, List<Queued<?>>> open = new LinkedHashMap<>();
        byNode.forEach((node, some) -> {
            if (!send(node, some, open)) {
                again.addAll(some);
            }
        });
        open.forEach((connection, some) -> again.addAll(receive(connection, some)));
        again.forEach(this::send);
    }

    private HostAndPort node(CommandObject<?> command) {
        return command.getArguments().getKeyHashSlots().stream()
                .findFirst()
                .map(nodes::getNode)
                .orElse(null);
    }

    private boolean send(HostAndPort node, List<Queued<?>> commands, Map<Connection, List<Queued<?>>> open) {
        Connection connection;
        try {
            connection = nodes.getConnection(node);
        } catch (JedisException e) {
            return false;
        }
        try {
            commands.forEach(each -> connection.sendCommand(each.command().getArguments()));
            open.put(connection, commands);
            return true;
        } catch (JedisException e) {
            connection.setBroken();
            connection.close();
            return false;
        }
    }

    /** Returns the commands that have to be sent again. */
    private static List<Queued<?>> receive(Connection connection, List<Queued<?>> sent) {
        List<Queued<?>> again = new ArrayList<>();
        try (connection) {
            List<Object> replies = connection.getMany(sent.size());
            for (int i = 0; i < replies.size(); i++) {
                if (replies.get(i) instanceof JedisRedirectionException) {
                    again.add(sent.get(i));
                } else {
                    sent.get(i).response().set(replies.get(i));
                }
            }
            return again;
        } catch (JedisException e) {
            connection.setBroken();
            return sent;
        }
    }

    private void send(Queued<?> each) {
        try {
            each.response()
                    .set(singly.executeCommand(
                            new CommandObject<>(each.command().getArguments(), BuilderFactory.RAW_OBJECT)));
        } catch (JedisDataException e) {
            each.response().set(e);
        }
    }
}
