package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Jcmd;
import dev.tarn.local.stack.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import picocli.CommandLine;

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
     * A test bed with a second TaskManager, and some documents in its index.
     *
     * @param ingest the ingest job, which runs
     * @param query the query job, which was not submitted yet
     * @param chat what the query job takes for Ollama
     * @param questions for the query job
     */
    record Running(
            Path data, Testbed bed, FlinkJobs flink, LiveJob ingest, LiveJob query, ChatModel chat, Questions questions)
            implements AutoCloseable {
        private static final int SLOTS = 3;
        private static final int FIRST_CHANGES = 50;
        private static final int CHANGES_PER_SECOND = 30;
        private static final Duration RECOVERY = Duration.ofSeconds(60);

        /** In the JDK's class histogram, which tells how many there are: one for each job. */
        private static final Pattern CLASS_LOADERS = Pattern.compile(
                "(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+org\\.apache\\.flink\\.util\\.ChildFirstClassLoader\\b");

        /** In the JDK's thread dump. */
        private static final Pattern THREADS = Pattern.compile("(?m)^\"([^\"]+)\"");

        static Running start() {
            long seed = System.nanoTime();
            System.out.println("life of a job, seed " + seed);
            try {
                Path data = Files.createTempDirectory("tarn-live");
                Testbed bed = Testbeds.start(data, seed, SLOTS);
                bed.stack().restart(Part.SPARE_TASKMANAGER);
                FlinkJobs flink = new FlinkJobs(bed.stack().endpoints().flink());
                LiveJob ingest = new LiveJob(flink, "dev.tarn.jobs.ingest.IngestJob");
                ingest.follow(bed.ingest().job());
                bed.workload().burst(FIRST_CHANGES);
                assertThat(bed.settle(RECOVERY, false)).isEmpty();
                kafka(bed).topics(kafka(bed).queryTopics()).createMissing();
                return new Running(
                        data,
                        bed,
                        flink,
                        ingest,
                        new LiveJob(flink, "dev.tarn.jobs.query.QueryJob"),
                        new ChatModel(bed.model().uri()),
                        new Questions(kafka(bed)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static KafkaOptions kafka(Testbed bed) {
            KafkaOptions kafka = new KafkaOptions();
            new CommandLine(kafka).parseArgs("--kafka", bed.stack().endpoints().kafka());
            return kafka;
        }

        KafkaOptions kafka() {
            return kafka(bed);
        }

        FlinkCli cli() {
            return new FlinkCli(bed.stack().data(Part.JOBMANAGER).resolve("conf"));
        }

        /** Of the query job. */
        List<String> queryArguments() {
            return List.of(
                    "--kafka",
                    bed.stack().endpoints().kafka(),
                    "--redis",
                    bed.redis().uri().toString(),
                    "--ollama",
                    chat.uri().toString(),
                    "--embedding-model",
                    ModelServer.MODEL,
                    "--chat-model",
                    ModelServer.MODEL,
                    "--min-evidence=-1"); // the vectors of this model server say nothing of their texts
        }

        /** From now on documents change. */
        void startWorkload() {
            bed.workload().start(CHANGES_PER_SECOND);
        }

        /** A test that failed half-way must not fail those after it. */
        void bringBack() {
            bed.model().end();
            bed.workload().stop();
            chat.goOn();
            if (List.of("RUNNING", "RESTARTING").contains(query.state())) {
                query.cancel();
            }
            if (!ingest.state().equals("RUNNING")) {
                ingest.submit(Testbeds.JAR, bed.arguments(), 2, null);
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
            assertThat(ingest.state()).as(when).isEqualTo("RUNNING");
        }

        /** Each job that is submitted brings its classes; those of the jobs that have ended must not stay. */
        void requireNoClassesOfEndedJobs() {
            await().atMost(RECOVERY)
                    .untilAsserted(() -> assertThat(
                                    List.of(jobsWithClasses(Part.TASKMANAGER), jobsWithClasses(Part.SPARE_TASKMANAGER)))
                            .as(() -> "jobs whose classes each TaskManager has; threads " + threads(Part.TASKMANAGER)
                                    + " and " + threads(Part.SPARE_TASKMANAGER))
                            .contains(1)
                            .allMatch(jobs -> jobs <= 1));
        }

        /** After a collection. */
        private int jobsWithClasses(Part part) throws InterruptedException {
            Jcmd taskManager = new Jcmd(bed.stack().process(part).orElseThrow());
            taskManager.run("GC.run");
            Matcher loaders =
                    CLASS_LOADERS.matcher(taskManager.ask("GC.class_histogram").orElseThrow());
            return loaders.find() ? Integer.parseInt(loaders.group(1)) : 0;
        }

        /** Whose names tell what holds the classes, where it is one of them. */
        private List<String> threads(Part part) {
            try {
                return THREADS.matcher(new Jcmd(bed.stack().process(part).orElseThrow())
                                .ask("Thread.print")
                                .orElseThrow())
                        .results()
                        .map(thread -> thread.group(1))
                        .sorted()
                        .toList();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return List.of();
            }
        }

        @Override
        public void close() {
            questions.close();
            chat.close();
            bed.close();
            DataFolder.delete(data);
        }
    }
}
