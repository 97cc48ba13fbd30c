package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;

/** {@code memory}: bytes that Redis takes for a chunk, for each dimension and quantization. */
final class MemoryPerChunk implements Measurement {
    private static final int[] DIMENSIONS = {384, 768, 1024};
    private static final int DOCUMENTS = 3_000;

    @Override
    public void run(Testbench bench, Report.Section report) {
        if (bench.engine() != EngineSettings.Kind.VECTOR_SET) {
            report.note("only vector sets quantize, and this Redis is measured with " + bench.engine());
            return;
        }
        try (Memory memory = Memory.open(bench.redis(), bench.settings().seed())) {
            for (int dimension : DIMENSIONS) {
                for (HnswSettings.Quantization quantization : HnswSettings.Quantization.values()) {
                    bench.events().line("memory: " + dimension + " dimensions, " + quantization);
                    double bytes = memory.perChunk(dimension, bench.settings().hnsw(quantization), DOCUMENTS);
                    String series = dimension + " dimensions, " + quantization;
                    report.row(series, "memory", "bytes/chunk", Spread.of(bytes));
                    report.row(series, "of a million", "GiB", Spread.of(bytes * 1e6 / (1 << 30)));
                }
            }
        }
        report.bars("Memory of Redis for a chunk", "memory", "bytes");
    }
}
