package dev.tarn.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tarn.local.torture.Prose;
import dev.tarn.question.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    @Test
    void aPercentileIsTheLeastThatSoManyDoNotExceed() {
        List<Double> hundred = new ArrayList<>(
                IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());
        Collections.shuffle(hundred, new Random(1));

        Latencies latencies = Latencies.of(hundred);

        assertThat(latencies.p50()).isEqualTo(50);
        assertThat(latencies.p99()).isEqualTo(99);
        assertThat(latencies.percentile(1)).isEqualTo(100);
        assertThat(Latencies.of(List.of(3.0)).p99()).isEqualTo(3);
        assertThat(Latencies.of(List.of(1.0, 2.0)).p99()).isEqualTo(2);
    }

    @Test
    void whatSharesCoresCostsTheSumAndWhatDoesNotCostsTheMost() {
        Roofs roofs = new Roofs(100, 50, 100);

        assertThat(roofs.roof(false)).isEqualTo(50);
        assertThat(roofs.roof(true)).isCloseTo(25, within(1e-9));
    }

    @Test
    void whatAnAnswerAddsIsAllButItsPartsInTheJobAndOnTheWay() {
        Asking.Taken taken = Asking.Taken.of(100, new Answer.Timings(20, 5, 40, 10, 80));

        assertThat(taken).isEqualTo(new Asking.Taken(5, 20, 20, 5, 40, 10, 100));
        assertThat(taken.added()).isEqualTo(25);
    }

    @Test
    void theFastestPairIsTheBest() {
        assertThat(BestPairs.key(java.util.Map.of("slow", 1.0, "fast", 3.0, "middling", 2.0)))
                .isEqualTo("fast");
    }

    @Test
    void recallIsTheShareOfTheNearestOfAllThatWereShown() {
        ExactSearch exact = new ExactSearch(List.of(new float[] {1, 0}), 2);
        exact.add("far", new float[] {-1, 0});
        exact.add("near", new float[] {0.9f, 0.1f});
        exact.add("nearer", new float[] {1, 0});
        exact.add("aside", new float[] {0, 1});

        assertThat(exact.recall(0, List.of("near", "nearer"))).isEqualTo(1);
        assertThat(exact.recall(0, List.of("near", "far"))).isEqualTo(0.5);
        assertThat(exact.recall(0, List.of("aside", "far"))).isZero();
    }

    @Test
    void generatedDocumentsHaveTheChunksThatTheyAreCountedBy() {
        Generated generated = new Generated(3);

        Workload documents = generated.documents(8, 8 + 5 * Generated.CHUNKS);

        assertThat(documents.size()).isEqualTo(5 * Generated.CHUNKS);
        assertThat(documents.texts()).doesNotHaveDuplicates().doesNotContainAnyElementsOf(generated.queries(5));
        assertThat(new Generated(3).documents(8, 12).texts())
                .isEqualTo(documents.texts().subList(0, Generated.CHUNKS));
        assertThat(new Generated(4).documents(8, 12).texts()).doesNotContainAnyElementsOf(documents.texts());
    }

    @Test
    void copiesHaveNoChunkInCommonAndAreAsManyAsWanted() {
        Workload one =
                Workload.of(List.of(Workload.document("a", Prose.paragraph(1) + Prose.BREAK + Prose.paragraph(2))), 1);

        Workload copies = one.like("x", 7);

        assertThat(one.size()).isEqualTo(2);
        assertThat(copies.size()).isEqualTo(8);
        assertThat(copies.texts())
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(one.texts())
                .doesNotContainAnyElementsOf(one.like("y", 7).texts());
    }

    @Test
    void allIsEachOnceAndTheOrderIsAlwaysTheSame() {
        assertThat(MeasurementKind.expand(List.of()))
                .isEqualTo(MeasurementKind.expand(List.of(MeasurementKind.ALL)))
                .doesNotContain(MeasurementKind.ALL)
                .hasSize(MeasurementKind.values().length - 1);
        assertThat(MeasurementKind.expand(List.of(MeasurementKind.GROWTH, MeasurementKind.ROOFS)))
                .containsExactly(MeasurementKind.ROOFS, MeasurementKind.GROWTH);
    }
}
