package dev.tarn.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** A server-side script: called by its digest, and loaded when the server doesn't know it (any more). */
final class Script {
    private final String source;
    private final String sha1;

    private Script(String source, String sha1) {
        this.source = source;
        this.sha1 = sha1;
    }

    /** Reads a script from the resources beside this class, with the functions that it shares in front of it. */
    static Script named(String shared, String name) {
        String source = read(shared) + read(name);
        return new Script(source, Digests.sha1Hex(source));
    }

    /** Reads a script that shares nothing. */
    static Script named(String name) {
        String source = read(name);
        return new Script(source, Digests.sha1Hex(source));
    }

    /** Runs the script; its first key decides the node. */
    @SuppressWarnings("unchecked")
    List<Object> run(UnifiedJedis redis, List<String> keys, List<String> arguments) {
        try {
            return (List<Object>) redis.evalsha(sha1, keys, arguments);
        } catch (JedisNoScriptException e) {
            return (List<Object>) redis.eval(source, keys, arguments);
        }
    }

    /** Adds the script to a pipeline: by its digest, which a server may not know, or with its source. */
    Response<Object> queue(AbstractPipeline pipeline, boolean byDigest, List<byte[]> keys, List<byte[]> arguments) {
        CommandArguments command = new CommandArguments(byDigest ? Command.EVALSHA : Command.EVAL)
                .add(byDigest ? sha1 : source)
                .add(keys.size())
                .keys(keys)
                .addObjects(Uncopied.all(arguments));
        return pipeline.executeCommand(new CommandObject<>(command, BuilderFactory.RAW_OBJECT));
    }

    /** Adds the script to a pipeline, with its source. */
    Response<Object> queue(AbstractPipeline pipeline, List<String> keys, List<String> arguments) {
        return pipeline.eval(source, keys, arguments);
    }

    private static String read(String name) {
        try (InputStream resource = Script.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
