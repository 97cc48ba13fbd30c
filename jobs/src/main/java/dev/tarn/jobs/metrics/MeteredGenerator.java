package dev.tarn.jobs.metrics;

import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.question.Prompt;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;

/** Measures the calls of a generator, and counts its tokens where the server counts them. */
public final class MeteredGenerator implements Generator {
    private final Generator generator;
    private final Availability ollama;
    private final Histogram milliseconds;
    private final Counter promptTokens;
    private final Counter generatedTokens;

    public MeteredGenerator(Generator generator, Metrics metrics) {
        this.generator = generator;
        ollama = metrics.system(OutsideSystem.OLLAMA);
        milliseconds = metrics.histogram(MetricName.GENERATE);
        promptTokens = metrics.counter(MetricName.PROMPT_TOKENS);
        generatedTokens = metrics.counter(MetricName.GENERATED_TOKENS);
    }

    @Override
    public String model() {
        return generator.model();
    }

    @Override
    public void check() {
        ollama.call(() -> {
            generator.check();
            return null;
        });
    }

    @Override
    public Generation generate(Prompt prompt) {
        Generation generation = ollama.call(milliseconds, () -> generator.generate(prompt));
        count(promptTokens, generation.promptTokens());
        count(generatedTokens, generation.completionTokens());
        return generation;
    }

    private static void count(Counter tokens, Integer more) {
        if (more != null) {
            tokens.inc(more);
        }
    }

    @Override
    public void close() {
        generator.close();
    }
}
