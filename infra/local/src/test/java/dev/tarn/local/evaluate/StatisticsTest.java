package dev.tarn.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** See the resources' README for where the golden numbers come from. */
class StatisticsTest {
    private static final long SEED = 1;

    private final JsonNode golden;

    StatisticsTest() throws IOException {
        golden = new ObjectMapper()
                .readTree(Path.of("src/test/resources/evaluate/statistics.json").toFile());
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    @Test
    void theTestOfFewQuestionsIsExact() {
        JsonNode expected = golden.path("exact");

        double p = new RandomizationTest(SEED, 10).p(numbers(expected.path("differences")));

        assertThat(p).isEqualTo(expected.path("p").doubleValue());
    }

    @Test
    void theTestOfManyQuestionsComesNearTheExactOne() {
        JsonNode expected = golden.path("drawn");

        double p = new RandomizationTest(SEED, 100_000).p(numbers(expected.path("differences")));

        assertThat(p).isCloseTo(expected.path("p").doubleValue(), within(0.005));
    }

    @Test
    void systemsThatDoNotDifferAreNotTestedAsDifferent() {
        assertThat(new RandomizationTest(SEED, 1_000).p(new double[100])).isEqualTo(1);
    }

    /** R: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.9), "holm"). */
    @Test
    void pValuesAreAdjustedAsRDoesIt() {
        assertThat(Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005, 0.9}))
                .containsExactly(new double[] {0.04, 0.09, 0.09, 0.025, 0.9}, within(1e-12));
        assertThat(Holm.adjusted(new double[0])).isEmpty();
    }

    @Test
    void theIntervalIsThatOfAnotherBootstrap() {
        JsonNode expected = golden.path("bootstrap");

        Interval interval = new Bootstrap(SEED, 10_000).mean(numbers(expected.path("values")));

        assertThat(interval.low()).isCloseTo(expected.path("low").doubleValue(), within(0.004));
        assertThat(interval.high()).isCloseTo(expected.path("high").doubleValue(), within(0.004));
    }

    /** The sum of 100 draws from 50 zeros and 50 ones is binomial, with 40 and 60 as the percentiles. */
    @Test
    void theIntervalOfAShareIsThatOfTheBinomialDistribution() {
        double[] halves = DoubleStream.concat(
                        Arrays.stream(new double[50]),
                        DoubleStream.generate(() -> 1).limit(50))
                .toArray();

        Interval interval = new Bootstrap(SEED, 10_000).mean(halves);

        assertThat(interval).isEqualTo(new Interval(0.5, 0.4, 0.6, 100));
    }
}
