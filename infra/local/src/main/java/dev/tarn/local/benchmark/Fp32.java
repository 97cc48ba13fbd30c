package dev.tarn.local.benchmark;

import dev.tarn.model.EncodedVector;
import java.util.List;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.params.VSimParams;

/** Searches of a vector set by the bytes of a vector, which Jedis has no command for. */
final class Fp32 {
    private Fp32() {}

    /** A short search of a vector set as it is fastest: by the bytes of the vector, and in the server's one thread. */
    static CommandObject<List<String>> vsim(String key, float[] vector, VSimParams params) {
        CommandArguments arguments = new CommandArguments(Protocol.Command.VSIM)
                .key(key)
                .add("FP32")
                .add(EncodedVector.of(vector).bytes())
                .addParams(params.noThread());
        return new CommandObject<>(arguments, BuilderFactory.STRING_LIST);
    }
}
