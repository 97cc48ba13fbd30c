package dev.tarn.local.verify;

import java.time.Duration;

/**
 * How an index is compared with its topic.
 *
 * @param patience how long the index may take to come to where the topic ends
 * @param keysInMemory how many documents are kept in memory at once; where there are more, the topic is read several times
 */
public record VerifySettings(Duration patience, long keysInMemory) {}
