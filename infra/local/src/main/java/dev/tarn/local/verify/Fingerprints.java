package dev.tarn.local.verify;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** A set of texts, each kept as 64 salted bits. Two texts that collide count as one. */
final class Fingerprints {
    private static final int SALT_BYTES = 16;
    private static final int SMALLEST = 1 << 10;

    private final byte[] salt;
    private long[] slots = new long[SMALLEST];
    private int size;

    Fingerprints(byte[] salt) {
        this.salt = salt.clone();
    }

    static byte[] newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    /** The text's fingerprint, never 0. */
    static long of(byte[] salt, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            long bits = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
            return bits == 0 ? 1 : bits;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Adds a text; returns whether it was not there. */
    boolean add(String text) {
        return add(of(salt, text));
    }

    boolean contains(String text) {
        long fingerprint = of(salt, text);
        return slots[slot(slots, fingerprint)] == fingerprint;
    }

    int size() {
        return size;
    }

    private boolean add(long fingerprint) {
        int slot = slot(slots, fingerprint);
        if (slots[slot] == fingerprint) {
            return false;
        }
        slots[slot] = fingerprint;
        if (++size > slots.length / 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long fingerprint : slots) {
            if (fingerprint != 0) {
                larger[slot(larger, fingerprint)] = fingerprint;
            }
        }
        slots = larger;
    }

    /** Where the fingerprint is, or is to be put. */
    private static int slot(long[] slots, long fingerprint) {
        int mask = slots.length - 1;
        int slot = (int) (fingerprint >>> 20) & mask;
        while (slots[slot] != 0 && slots[slot] != fingerprint) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
