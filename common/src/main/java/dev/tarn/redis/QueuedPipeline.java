package dev.tarn.redis;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Response;

/** Collects commands until it is synchronized, and then has them sent. */
final class QueuedPipeline extends AbstractPipeline {
    private final Sender sender;
    private List<Sender.Queued<?>> commands = new ArrayList<>();

    QueuedPipeline(Sender sender, CommandObjects commandObjects) {
        super(commandObjects);
        this.sender = sender;
    }

    @Override
    protected <T> Response<T> appendCommand(CommandObject<T> command) {
        Sender.Queued<T> queued = Sender.Queued.of(command);
        commands.add(queued);
        return queued.response();
    }

    @Override
    public void sync() {
        List<Sender.Queued<?>> collected = commands;
        commands = new ArrayList<>();
        if (!collected.isEmpty()) {
            sender.send(collected);
        }
    }

    @Override
    public void close() {
        sync();
    }
}
