package dev.tarn.local.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {

    @Test
    void whatAProcessRunsAndWaitsIsTold() {
        Optional<ThreadTimes> told = ThreadTimes.of(ProcessHandle.current().pid());
        assumeTrue(told.isPresent(), "the system tells nothing of threads");
        ThreadTimes own = told.orElseThrow();
        ThreadTimes.Moment begin = own.now();

        await().until(() -> begin.running(own.now()) > 0);

        ThreadTimes.Moment end = own.now();
        assertThat(begin.threads()).isNotEmpty();
        assertThat(begin.running(end)).isPositive();
        assertThat(begin.waiting(end)).isNotNegative();
        assertThat(begin.waitingForATurn(end)).isNotNegative();
    }

    @Test
    void nothingIsToldOfAProcessThatIsNotThere() {
        assertThat(ThreadTimes.of(0)).isEmpty();
    }
}
