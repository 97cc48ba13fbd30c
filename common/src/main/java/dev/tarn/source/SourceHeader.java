package dev.tarn.source;

/** One Kafka record header. */
public record SourceHeader(String key, byte[] value) {}
