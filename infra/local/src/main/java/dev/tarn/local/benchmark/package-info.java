/**
 * Measurements of the whole, each beside what its parts do alone, in the same run and in turn.
 *
 * <p>{@link dev.tarn.local.benchmark.BenchmarkRun} is the one way in. It starts a {@code Testbench}: a stack, or what was
 * given of one. Each {@code Measurement} is a class that can be run alone; it asks the testbench for {@code Pipeline}s, which
 * are Tarn's jobs between topics of their own and an empty index, and writes rows to a {@code Report}. What a number is put
 * beside is measured with as little as possible between it and the server: {@code EmbedRoof}, {@code WriteRoof}, {@code
 * ConsumeRoof}, {@code PlainIndex}.
 *
 * <p>The index may keep vectors of texts that it has seen. So no text is loaded twice but where that is what is measured:
 * each load takes documents that are dealt out anew ({@code SentenceDeck}), with a title that nobody had.
 *
 * <p>Nothing here is part of what a user runs to serve.
 */
package dev.tarn.local.benchmark;
