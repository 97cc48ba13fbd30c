package dev.tarn.index;

/**
 * How much an index holds.
 *
 * @param documents documents that are visible
 * @param chunks their chunks
 * @param vectors vectors held, those not yet collected included
 */
public record IndexSize(long documents, long chunks, long vectors) {}
