package dev.tarn.source;

import java.time.Instant;

/**
 * A record's place in the log.
 *
 * @param topic the topic
 * @param generation the id Kafka gave the topic when it was created; offsets of two generations can't be compared
 * @param partition the partition
 * @param offset the offset in the partition
 * @param timestamp the record's timestamp; it orders records that offsets can't, those of two partitions or generations
 */
public record SourcePosition(String topic, String generation, int partition, long offset, Instant timestamp) {

    /** The log within which offsets are ordered: one partition of one generation of one topic. */
    public String log() {
        return log(topic, generation, partition);
    }

    /** The log that a partition of one generation of a topic is. */
    public static String log(String topic, String generation, int partition) {
        return topic + "/" + generation + "/" + partition;
    }
}
