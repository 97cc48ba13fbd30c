package dev.tarn.jobs.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Records;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Records that nobody meant to send: given values with bytes changed, and keys of all kinds. */
public final class Mutations {
    private final Random random;

    public Mutations(long seed) {
        random = new Random(seed);
    }

    /** Records in the order of their offsets; a value is one of those given, as it is or mutated, or null. */
    public List<SourceRecord> records(int count, List<byte[]> values) {
        List<SourceRecord> records = new ArrayList<>();
        for (int offset = 0; offset < count; offset++) {
            records.add(new SourceRecord(Records.at(offset), key(), value(values), headers()));
        }
        return records;
    }

    private byte[] value(List<byte[]> values) {
        byte[] value = values.get(random.nextInt(values.size()));
        if (oneIn(12)) {
            return null;
        }
        return oneIn(2) ? value : mutated(value);
    }

    private byte[] key() {
        return switch (random.nextInt(20)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> new byte[] {(byte) 0xc3, (byte) 0x28};
            case 3 -> "k".repeat(600).getBytes(UTF_8);
            case 4 -> "{}:%*\n\0 \"🏔".getBytes(UTF_8);
            default -> ("key-" + random.nextInt(40)).getBytes(UTF_8);
        };
    }

    private List<SourceHeader> headers() {
        return oneIn(2) ? List.of() : List.of(new SourceHeader("h", oneIn(3) ? null : new byte[] {(byte) 0xff}));
    }

    private byte[] mutated(byte[] value) {
        byte[] mutated = value.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0 && mutated.length > 0; changes--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated = Arrays.copyOf(mutated, at);
                case 2 -> mutated = without(mutated, at);
                case 3 -> mutated[at] = (byte) "\"{}[]:,\\0e-".charAt(random.nextInt(11));
                default -> mutated = doubled(mutated, at);
            }
        }
        return mutated;
    }

    private static byte[] without(byte[] value, int at) {
        byte[] shorter = Arrays.copyOf(value, value.length - 1);
        System.arraycopy(value, at + 1, shorter, at, shorter.length - at);
        return shorter;
    }

    /** The value with what lies behind a place repeated. */
    private static byte[] doubled(byte[] value, int at) {
        byte[] longer = Arrays.copyOf(value, 2 * value.length - at);
        System.arraycopy(value, at, longer, value.length, value.length - at);
        return longer;
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }
}
