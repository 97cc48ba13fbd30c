package dev.tarn.local.benchmark;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.params.VSimParams;

/** Vectors as Redis takes them: 32-bit floats, the least significant byte first. */
final class Fp32 {
    private Fp32() {}

    /** A short search of a vector set as it is fastest: by the bytes of the vector, and in the server's one thread. */
    static CommandObject<List<String>> vsim(String key, float[] vector, VSimParams params) {
        CommandArguments arguments = new CommandArguments(Protocol.Command.VSIM)
                .key(key)
                .add("FP32")
                .add(bytes(vector))
                .addParams(params.noThread());
        return new CommandObject<>(arguments, BuilderFactory.STRING_LIST);
    }

    static byte[] bytes(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }
}
