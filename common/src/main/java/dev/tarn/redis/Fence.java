package dev.tarn.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Writes the elements of a delivery, each by a script that writes nothing once the plan doesn't hold any more. The flip
 * then tells why.
 */
final class Fence {
    private static final Script WRITE = Script.named("position.lua", "write.lua");

    private final UnifiedJedis redis;
    private final String manifest;
    private final List<byte[]> plan = new ArrayList<>();
    private final List<Response<Object>> written = new ArrayList<>();
    private boolean serverKnowsScript = true;

    /** Lets writes through while the record is the latest, and the manifest at this revision. */
    Fence(UnifiedJedis redis, Delivery delivery, long revision) {
        this.redis = redis;
        manifest = Keys.manifest(delivery.encodedId());
        Positions.arguments(delivery.document()).forEach(argument -> plan.add(argument.getBytes(UTF_8)));
        plan.add(Long.toString(revision).getBytes(UTF_8));
    }

    /**
     * Runs a pipeline of writes, twice where the server doesn't know the script (any more).
     *
     * @param writes adds to the pipeline, and returns what is to be run when it is done
     */
    void run(Function<AbstractPipeline, Runnable> writes) {
        try {
            attempt(writes);
        } catch (JedisNoScriptException e) {
            serverKnowsScript = false;
            attempt(writes);
        }
    }

    private void attempt(Function<AbstractPipeline, Runnable> writes) {
        written.clear();
        Runnable check;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            check = writes.apply(pipeline);
        }
        written.forEach(Response::get);
        check.run();
    }

    /** Writes a payload. */
    void write(AbstractPipeline pipeline, VectorEngine.Entry entry, List<byte[]> fields) {
        write(pipeline, entry, List.of(bytes(manifest), bytes(entry.key())), List.of(), fields);
    }

    /** Writes a payload and its vector, at once. */
    void write(AbstractPipeline pipeline, VectorEngine.Entry entry, List<byte[]> fields, CommandArguments vadd) {
        List<byte[]> raw = new ArrayList<>();
        vadd.forEach(argument -> raw.add(argument.getRaw()));
        List<byte[]> keys = List.of(bytes(manifest), bytes(entry.key()), raw.get(1));
        write(pipeline, entry, keys, raw.subList(2, raw.size()), fields);
    }

    private void write(
            AbstractPipeline pipeline,
            VectorEngine.Entry entry,
            List<byte[]> keys,
            List<byte[]> vadd,
            List<byte[]> fields) {
        List<byte[]> arguments = new ArrayList<>(plan);
        arguments.add(bytes(redis instanceof ClusterClient ? "" : entry.member().element()));
        arguments.add(bytes(entry.collection()));
        arguments.add(bytes(Integer.toString(vadd.size())));
        arguments.addAll(vadd);
        arguments.addAll(fields);
        written.add(WRITE.queue(pipeline, serverKnowsScript, keys, arguments));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
