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
 * Writes the elements of a delivery by a script that writes nothing once the plan doesn't hold any more. The flip
 * then tells why.
 */
final class Fence {
    private static final Script WRITE = Script.named("position.lua", "write.lua");

    /** The more, the longer a search waits behind a call, and the cheaper is a write: by 4 % from one to eight. */
    private static final int AT_ONCE = 4;

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

    /**
     * An element to be written.
     *
     * @param fields the payload, as HSET takes it
     * @param vadd the command that writes the vector at once with it, or null
     */
    record Write(VectorEngine.Entry entry, List<byte[]> fields, CommandArguments vadd) {}

    /** Writes elements, some in each call of the script: no other call is served meanwhile. */
    void write(AbstractPipeline pipeline, List<Write> writes) {
        for (int from = 0; from < writes.size(); from += AT_ONCE) {
            writeAtOnce(pipeline, writes.subList(from, Math.min(from + AT_ONCE, writes.size())));
        }
    }

    private void writeAtOnce(AbstractPipeline pipeline, List<Write> writes) {
        List<byte[]> keys = new ArrayList<>(List.of(bytes(manifest)));
        List<byte[]> marks = new ArrayList<>();
        List<byte[]> elements = new ArrayList<>();
        for (Write write : writes) {
            if (!(redis instanceof ClusterClient)) {
                marks.add(bytes("g:" + write.entry().member().element()));
                marks.add(bytes(write.entry().collection()));
            }
            keys.add(bytes(write.entry().key()));
            List<byte[]> vadd = new ArrayList<>();
            if (write.vadd() != null) {
                write.vadd().forEach(argument -> vadd.add(argument.getRaw()));
                keys.add(vadd.get(1));
                vadd.subList(0, 2).clear();
            }
            addCounted(elements, vadd);
            addCounted(elements, write.fields());
        }
        List<byte[]> arguments = new ArrayList<>(plan);
        addCounted(arguments, marks);
        arguments.addAll(elements);
        written.add(WRITE.queue(pipeline, serverKnowsScript, keys, arguments));
    }

    private static void addCounted(List<byte[]> arguments, List<byte[]> some) {
        arguments.add(bytes(Integer.toString(some.size())));
        arguments.addAll(some);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
