package dev.tarn.local.benchmark;

import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured, and how long.
 *
 * @param documents a file or folder of documents to measure with
 * @param chunks the least for one load; documents are copied until there are so many
 * @param warmUp chunks that are loaded, and deleted again, for the jobs to be compiled
 * @param rounds how often each thing is measured, in turn with what it is compared with
 * @param probes notes whose freshness is measured, for each load
 * @param questions that are asked, for each number of them in flight
 * @param sizes of the index at which growth is measured, rising
 * @param seed of generated documents and vectors
 * @param latency of the model server that computes nothing
 * @param engine that holds the vectors; {@code AUTO} takes what the server has
 * @param quantizations the first for all measurements, each for growth
 * @param embeddingModel of the model server
 * @param chatModel of the model server, or null for the usual one
 * @param parallelism of each job
 * @param job options of the ingest job that differ from its defaults, with their values
 */
public record BenchmarkSettings(
        Path documents,
        int chunks,
        int warmUp,
        int rounds,
        int probes,
        int questions,
        List<Integer> sizes,
        long seed,
        Duration latency,
        EngineSettings.Kind engine,
        List<HnswSettings.Quantization> quantizations,
        String embeddingModel,
        String chatModel,
        int parallelism,
        List<String> job) {

    /** Where no model computes there are so many times as many chunks, for a load to last long enough. */
    static final int FASTER = 10;

    HnswSettings hnsw(HnswSettings.Quantization quantization) {
        HnswSettings usual = HnswSettings.DEFAULT;
        return new HnswSettings(quantization, usual.m(), usual.efConstruction(), usual.efSearch());
    }

    HnswSettings hnsw() {
        return hnsw(quantizations.get(0));
    }

    Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(
                "documents",
                documents.getFileName() + ", at least " + chunks + " chunks a load, " + warmUp
                        + " to compile the jobs");
        all.put("rounds", rounds + ", " + probes + " notes for freshness, " + questions + " questions");
        all.put("latency", latency.toMillis() + " ms of the model server that computes nothing");
        all.put("growth", "sizes " + sizes + ", quantizations " + quantizations);
        all.put("seed", Long.toString(seed));
        all.put("parallelism", Integer.toString(parallelism));
        List<String> options = new ArrayList<>(job);
        options.add("--quantization " + quantizations.get(0));
        all.put("ingest job", String.join(" ", options) + ", else its defaults");
        all.put("query job", "--answer-concurrency " + Answers.MOST_IN_FLIGHT + ", else its defaults");
        return all;
    }
}
