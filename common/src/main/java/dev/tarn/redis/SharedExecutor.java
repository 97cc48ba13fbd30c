package dev.tarn.redis;

import java.util.List;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.executors.CommandExecutor;

/** Runs commands that name keys by a sender, and the others by themselves. */
record SharedExecutor(Sender sender, CommandExecutor singly) implements CommandExecutor {

    @Override
    public <T> T executeCommand(CommandObject<T> command) {
        if (command.getArguments().getKeyHashSlots().isEmpty()) {
            return singly.executeCommand(command);
        }
        Sender.Queued<T> queued = Sender.Queued.of(command);
        sender.send(List.of(queued));
        return queued.response().get();
    }

    @Override
    public void close() throws Exception {
        singly.close();
    }
}
