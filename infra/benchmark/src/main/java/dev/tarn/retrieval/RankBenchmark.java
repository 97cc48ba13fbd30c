package dev.tarn.retrieval;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What ranking costs: new candidates are analysed, then all are weighed by the question's words and chosen from. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RankBenchmark {
    private static final double DIVERSITY = 0.3;
    private static final int WORDS = 110;
    private static final int VOCABULARY = 3_000;
    private static final int TOP_K = 4;

    private final Analysis analysis = new Analysis();
    private List<String> texts;
    private List<Terms> terms;
    private Terms question;

    @Setup
    public void prepare() {
        Random random = new Random(1);
        texts = IntStream.range(0, RetrievalSettings.DEFAULT.candidates())
                .mapToObj(text -> words(random, WORDS))
                .toList();
        terms = analyse();
        question = analysis.of(words(random, 12));
    }

    /** Few words are frequent, as in a language. */
    private static String words(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i ->
                        Integer.toString((int) Math.pow(VOCABULARY, random.nextDouble()), Character.MAX_RADIX) + "ings")
                .collect(Collectors.joining(" "));
    }

    @Benchmark
    public List<Terms> analyse() {
        return texts.stream().map(analysis::of).toList();
    }

    @Benchmark
    public List<Diversity.Choice> rank() {
        TermTable table = new TermTable(terms);
        double[] scores = new Bm25(table).scores(question);
        return new Diversity(table, scores, DIVERSITY).choose(TOP_K, each -> true);
    }

    @TearDown
    public void close() {
        analysis.close();
    }
}
