package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one cluster of a JobManager and two TaskManagers that all of them share. */
final class LiveCluster implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(LiveCluster.class))
                .computeIfAbsent(Running.class, type -> Running.start(), Running.class);
    }

    /**
     * A test bed with a second TaskManager.
     *
     * @param job the ingest job
     */
    record Running(Path data, Testbed bed, FlinkJobs flink, LiveJob job) implements AutoCloseable {
        private static final int SLOTS = 2;
        private static final int CHANGES_PER_SECOND = 30;
        private static final Duration RECOVERY = Duration.ofSeconds(60);

        static Running start() {
            long seed = System.nanoTime();
            System.out.println("life of a job, seed " + seed);
            try {
                Path data = Files.createTempDirectory("tarn-live");
                Testbed bed = Testbeds.start(data, seed, SLOTS);
                bed.stack().restart(Part.SPARE_TASKMANAGER);
                FlinkJobs flink = new FlinkJobs(bed.stack().endpoints().flink());
                LiveJob job = new LiveJob(flink, "dev.tarn.jobs.ingest.IngestJob");
                job.follow(bed.ingest().job());
                return new Running(data, bed, flink, job);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** From now on documents change. */
        void startWorkload() {
            bed.workload().start(CHANGES_PER_SECOND);
        }

        /** A test that failed half-way must not fail those after it. */
        void bringBack() {
            bed.model().end();
            bed.workload().stop();
            if (!job.state().equals("RUNNING")) {
                job.submit(Testbeds.JAR, bed.arguments(), 2, null);
            }
        }

        /** Stops the workload, and requires that the index comes to equal its topic, while the job runs on. */
        void requireEqual(String when) {
            bed.workload().stop();
            assertThat(bed.settle(RECOVERY, false))
                    .as("%s: what differs between the topic and the index", when)
                    .isEmpty();
            assertThat(bed.watcher().takeViolations())
                    .as("%s: what readers saw", when)
                    .isEmpty();
            Commands.Result verified = bed.verify();
            assertThat(verified.exitCode())
                    .as("%s: tarn verify: %s", when, verified.output())
                    .isZero();
            assertThat(job.state()).as(when).isEqualTo("RUNNING");
        }

        @Override
        public void close() {
            bed.close();
            DataFolder.delete(data);
        }
    }
}
