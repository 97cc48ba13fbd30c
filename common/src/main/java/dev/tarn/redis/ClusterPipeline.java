package dev.tarn.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/**
 * Commands that go to all their nodes at once. Jedis' own pipeline answers a command whose slot has moved, or is moving,
 * with an error, and does not learn from it; here such a command is sent again by itself, following the redirection,
 * and so is one whose node did not answer. So a command may be carried out twice, and out of order: for commands that
 * allow that only.
 */
final class ClusterPipeline extends AbstractPipeline {
    private final ClusterConnectionProvider nodes;
    private final CommandExecutor singly;
    private final List<Sent<?>> commands = new ArrayList<>();

    /** A command and where its reply goes. */
    private record Sent<T>(CommandObject<T> command, Response<T> response) {}

    ClusterPipeline(ClusterConnectionProvider nodes, CommandExecutor singly, CommandObjects commandObjects) {
        super(commandObjects);
        this.nodes = nodes;
        this.singly = singly;
    }

    @Override
    protected <T> Response<T> appendCommand(CommandObject<T> command) {
        Response<T> response = new Response<>(command.getBuilder());
        commands.add(new Sent<>(command, response));
        return response;
    }

    @Override
    public void sync() {
        List<Sent<?>> again = new ArrayList<>();
        Map<HostAndPort, List<Sent<?>>> byNode = new LinkedHashMap<>();
        for (Sent<?> sent : commands) {
            HostAndPort node = node(sent.command());
            (node == null ? again : byNode.computeIfAbsent(node, key -> new ArrayList<>())).add(sent);
        }
        commands.clear();
        Map<Connection, List<Sent<?>>> open = new LinkedHashMap<>();
        byNode.forEach((node, sent) -> {
            if (!send(node, sent, open)) {
                again.addAll(sent);
            }
        });
        open.forEach((connection, sent) -> again.addAll(receive(connection, sent)));
        again.forEach(this::send);
    }

    private HostAndPort node(CommandObject<?> command) {
        return command.getArguments().getKeyHashSlots().stream()
                .findFirst()
                .map(nodes::getNode)
                .orElse(null);
    }

    private boolean send(HostAndPort node, List<Sent<?>> sent, Map<Connection, List<Sent<?>>> open) {
        Connection connection;
        try {
            connection = nodes.getConnection(node);
        } catch (JedisException e) {
            return false;
        }
        try {
            sent.forEach(each -> connection.sendCommand(each.command().getArguments()));
            open.put(connection, sent);
            return true;
        } catch (JedisException e) {
            connection.setBroken();
            connection.close();
            return false;
        }
    }

    /** Returns the commands that have to be sent again. */
    private static List<Sent<?>> receive(Connection connection, List<Sent<?>> sent) {
        List<Sent<?>> again = new ArrayList<>();
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

    private void send(Sent<?> sent) {
        try {
            sent.response()
                    .set(singly.executeCommand(
                            new CommandObject<>(sent.command().getArguments(), BuilderFactory.RAW_OBJECT)));
        } catch (JedisDataException e) {
            sent.response().set(e);
        }
    }

    @Override
    public void close() {
        sync();
    }
}
