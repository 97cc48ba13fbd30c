package dev.tarn.local.benchmark;

import dev.tarn.document.Chunk;
import dev.tarn.model.Embedder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures the roofs for one load, each in the way that was found to be the best. What Redis takes depends on how much an
 * index holds, so the index that is written to here grows load by load as that of the pipeline does.
 */
final class RoofMeter implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Testbench bench;
    private final Model model;
    private final Pipeline pipeline;
    private final PlainIndex index;
    private int written;

    /**
     * Of these parts.
     *
     * @param model whose server is called; another than the pipeline's, perhaps
     */
    RoofMeter(Testbench bench, Model model, Pipeline pipeline) {
        this.bench = bench;
        this.model = model;
        this.pipeline = pipeline;
        index = PlainIndex.of(
                bench.plain().client(), bench.engine(), pipeline.hnsw(), "benchmark:meter:" + NUMBER.getAndIncrement());
    }

    /** Writes what the pipeline's index holds already, without measuring. */
    void fill(Workload load) throws InterruptedException, ExecutionException {
        try (Embedder embedder = model.embedder()) {
            EmbedRoof.Pair best = bench.best().embedding(model).best();
            write(load, new EmbedRoof(embedder).run(load.texts(), best).vectors());
        }
    }

    /** With the texts of a load that was published in this pipeline before. */
    Roofs measure(Workload load) throws InterruptedException, ExecutionException {
        return measure(load, Map.of());
    }

    /** The same, where the load is what was published since. */
    Roofs measure(Workload load, Map<TopicPartition, Long> since) throws InterruptedException, ExecutionException {
        BestPairs.Embedding known = bench.best().embedding(model);
        EmbedRoof.Result embedded;
        try (Embedder embedder = model.embedder()) {
            embedded = new EmbedRoof(embedder).run(load.texts(), known.best());
        }
        double written = write(load, embedded.vectors());
        double records = new ConsumeRoof(pipeline.kafka()).run(since);
        return new Roofs(
                embedded.perSecond(),
                written,
                records * load.size() / load.documents().size());
    }

    private double write(Workload load, List<float[]> vectors) throws InterruptedException, ExecutionException {
        List<String> texts =
                load.chunks().stream().flatMap(List::stream).map(Chunk::text).toList();
        WriteRoof.Pair best = BestPairs.key(bench.best().writing(pipeline.hnsw(), texts, vectors));
        double rate = new WriteRoof(bench.plain().client(), bench.engine(), pipeline.hnsw())
                .run(index, written, texts, vectors, best);
        written += texts.size();
        return rate;
    }

    @Override
    public void close() {
        index.close();
    }
}
