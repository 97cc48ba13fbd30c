package dev.tarn.redis;

import java.util.List;
import redis.clients.jedis.args.Rawable;

/** An argument of a command that is sent as it is; Jedis' own are copies. Nobody may change it. */
final class Uncopied implements Rawable {
    private final byte[] bytes;

    Uncopied(byte[] bytes) {
        this.bytes = bytes;
    }

    static List<Uncopied> all(List<byte[]> arguments) {
        return arguments.stream().map(Uncopied::new).toList();
    }

    @Override
    public byte[] getRaw() {
        return bytes;
    }
}
