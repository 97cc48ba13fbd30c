package dev.tarn.local.torture;

import java.nio.file.Path;

/**
 * What a test bed is made of.
 *
 * @param home the repository's root
 * @param data where its servers keep what they write
 * @param jobsJar the jar of the jobs
 * @param parallelism of the ingest job
 * @param taskSlots of the TaskManager
 * @param seed of the workload
 */
public record TestbedSettings(Path home, Path data, Path jobsJar, int parallelism, int taskSlots, long seed) {}
