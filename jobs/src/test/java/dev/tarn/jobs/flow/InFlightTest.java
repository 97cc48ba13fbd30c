package dev.tarn.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final int STEPS = 20_000;

    /** In random order elements come, watermarks come and elements are done; the oracle is a plain list of both. */
    @Test
    void theLastWatermarkBeforeTheFirstElementIsReleasedAndNoOtherHoweverTheyCome() {
        long seed = Long.getLong("tarn.seed", ThreadLocalRandom.current().nextLong());
        System.out.println(getClass().getSimpleName() + ": -Dtarn.seed=" + seed);
        Random random = new Random(seed);
        InFlight<String> inFlight = new InFlight<>();
        List<Object> oracle = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        long time = 0;
        for (int step = 0; step < STEPS; step++) {
            int kind = random.nextInt(numbers.size() > 8 ? 4 : 3);
            if (kind == 0) {
                long number = inFlight.add(new StreamRecord<>("element"));
                numbers.add(number);
                oracle.add(number);
            } else if (kind == 1) {
                Watermark watermark = new Watermark(time++);
                inFlight.hold(watermark);
                oracle.add(watermark);
            } else if (!numbers.isEmpty()) {
                Long number = numbers.remove(random.nextInt(numbers.size()));
                inFlight.remove(number);
                oracle.remove(number);
            }
            assertThat(inFlight.release().orElse(null)).isEqualTo(leading(oracle));
            assertThat(inFlight.release()).isEmpty();
            assertThat(inFlight.size()).isEqualTo(numbers.size());
            assertThat(inFlight.holdsWatermark()).isEqualTo(oracle.stream().anyMatch(Watermark.class::isInstance));
        }
    }

    private static Watermark leading(List<Object> oracle) {
        Watermark last = null;
        while (!oracle.isEmpty() && oracle.get(0) instanceof Watermark watermark) {
            last = watermark;
            oracle.remove(0);
        }
        return last;
    }

    @Test
    void elementsAreKeptInTheirOrder() {
        InFlight<String> inFlight = new InFlight<>();
        inFlight.add(new StreamRecord<>("a", 1));
        long b = inFlight.add(new StreamRecord<>("b", 2));
        inFlight.add(new StreamRecord<>("c", 3));

        assertThat(inFlight.remove(b)).isEqualTo(new StreamRecord<>("b", 2));
        assertThat(inFlight.elements()).containsExactly(new StreamRecord<>("a", 1), new StreamRecord<>("c", 3));
    }
}
