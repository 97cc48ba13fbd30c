/**
 * Proof that the index equals its topic, whatever fails: faults, a workload, and checks that share no code with what they
 * check.
 *
 * <p>A {@link dev.tarn.local.torture.Testbed} is a stack of real processes with the ingest job on it, whose parts can be
 * taken away one by one: each {@link dev.tarn.local.torture.Fault} is one way to do so. A {@link
 * dev.tarn.local.torture.Workload} writes documents meanwhile, and a {@link dev.tarn.local.torture.Watcher} reads the
 * index and sees that no document is ever half there or goes back. Once the faults are over, {@link
 * dev.tarn.local.torture.IndependentCheck} reads the whole topic and all of Redis, with plain clients and by the layout
 * that {@code dev.tarn.redis} documents, and says what differs.
 *
 * <p>A Redis that forgot goes back, of course, until it is filled again: across such a fault the watcher starts anew.
 *
 * <p>The model server is one that embeds by hashing words, for a model would be most of the load, and no fault of its own
 * would come on command.
 */
package dev.tarn.local.torture;
