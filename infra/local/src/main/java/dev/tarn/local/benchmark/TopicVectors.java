package dev.tarn.local.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Vectors of length 1 that cost next to nothing, each made of a text's hash alone: {@link #BLOCKS} blocks, each one of 256
 * that were made before, with their JSON. Three blocks of four come from the text's topic, one of {@link #TOPICS}: so
 * vectors lie in heaps, as those of a model do, and neighbours are nearer than strangers. Safe for many threads.
 */
final class TopicVectors {
    static final int DIMENSION = 384;

    private static final int BLOCKS = 16;
    private static final int BLOCK = DIMENSION / BLOCKS;
    private static final int CHOICES = 256;
    private static final int TOPICS = 512;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final float[][][] values = new float[BLOCKS][CHOICES][BLOCK];
    private final byte[][][] json = new byte[BLOCKS][CHOICES][];
    private final long seed;

    TopicVectors(long seed) {
        this.seed = seed;
        Random random = new Random(seed);
        for (int block = 0; block < BLOCKS; block++) {
            for (int choice = 0; choice < CHOICES; choice++) {
                make(random, block, choice);
            }
        }
    }

    private void make(Random random, int block, int choice) {
        double[] direction = random.doubles(BLOCK, -1, 1).toArray();
        double squares = 0;
        for (double component : direction) {
            squares += component * component;
        }
        double factor = 1 / Math.sqrt(squares * BLOCKS);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < BLOCK; i++) {
            float component = (float) (direction[i] * factor);
            values[block][choice][i] = component;
            text.append(i == 0 ? "" : ",").append(component);
        }
        json[block][choice] = text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The vector of a text, as a client reads it. */
    float[] of(String text) {
        float[] vector = new float[DIMENSION];
        long hash = hash(text);
        for (int block = 0; block < BLOCKS; block++) {
            System.arraycopy(values[block][choice(hash, block)], 0, vector, block * BLOCK, BLOCK);
        }
        return vector;
    }

    /** Writes the vector of a text as a JSON array. */
    void write(String text, ByteArrayOutputStream out) {
        try {
            long hash = hash(text);
            out.write('[');
            for (int block = 0; block < BLOCKS; block++) {
                if (block > 0) {
                    out.write(',');
                }
                out.write(json[block][choice(hash, block)]);
            }
            out.write(']');
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no input and output", e);
        }
    }

    private int choice(long hash, int block) {
        long own = mix(hash + block * GOLDEN);
        boolean ofTopic = (own & 3) != 0;
        long chosen = ofTopic ? mix(Math.floorMod(hash, TOPICS) + seed + block * GOLDEN) : own >>> 8;
        return (int) (chosen & (CHOICES - 1));
    }

    private long hash(String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 31 + text.charAt(i);
        }
        return mix(hash);
    }

    /** The finisher of SplitMix64. */
    private static long mix(long z) {
        long mixed = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
