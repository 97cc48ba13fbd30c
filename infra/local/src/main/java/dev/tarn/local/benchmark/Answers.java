package dev.tarn.local.benchmark;

import com.sun.management.OperatingSystemMXBean;
import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.stack.Part;
import dev.tarn.local.topics.Receipts;
import dev.tarn.question.Filter;
import dev.tarn.question.Question;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * {@code answers}: what an answer takes beyond embedding, search and generation, with one question and with eight in
 * flight, while documents are ingested as fast as the pipeline does.
 */
final class Answers implements Measurement {
    /** The job gives the model server as many at once, so that they wait there, and not where it would count as the job's. */
    static final int MOST_IN_FLIGHT = 8;

    /** The way of a question is compiled in that time. */
    private static final Duration COMPILING = Duration.ofMinutes(1);

    private static final int[] IN_FLIGHT = {1, MOST_IN_FLIGHT};
    private static final int TOP_K = 4;
    private static final int WORDS = 12;

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        for (Model model : List.of(bench.freeModel(), bench.model())) {
            try (Pipeline pipeline = bench.pipeline(model, bench.settings().hnsw(), true)) {
                pipeline.compile();
                measure(bench, pipeline, report);
            }
        }
        report.note(
                "in the job: total - embed - retrieve - generate - check, in whole milliseconds each; Kafka: from publishing the"
                        + " question to reading the answer, beyond the total; added: both together");
        report.bars("Added to an answer, while documents are ingested at full speed: p50", "added, p50", "ms");
    }

    /**
     * What parts of an answer's way take alone, under the same load, and what there is of the cores.
     *
     * @param cores how much of their time is taken, by all that runs on this machine
     * @param turns milliseconds that a thread of the TaskManager waits for one, each time that it is to run
     */
    private record Meanwhile(List<Latencies> echoes, List<Latencies> searches, List<Double> cores, List<Double> turns) {
        Meanwhile() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** How much of the cores' time was taken since this was asked before, or less than 0 where that is not known. */
        static double coresTakenSinceLast() {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getCpuLoad();
        }
    }

    private static void measure(Testbench bench, Pipeline pipeline, Report.Section report) {
        Map<Integer, List<List<Asking.Taken>>> taken = new LinkedHashMap<>();
        Meanwhile meanwhile = new Meanwhile();
        List<Double> speeds = new ArrayList<>();
        try (Asking asking = new Asking(pipeline.kafka());
                PlainSearches searches = PlainSearches.over(bench, pipeline)) {
            compile(bench, pipeline, asking);
            for (int round = 0; round < bench.settings().rounds(); round++) {
                double full = Freshness.fullSpeed(bench, pipeline);
                speeds.add(full);
                for (int inFlight : IN_FLIGHT) {
                    taken.computeIfAbsent(inFlight, unused -> new ArrayList<>())
                            .add(underLoad(bench, pipeline, asking, searches, inFlight, full, meanwhile));
                }
            }
        }
        taken.forEach((inFlight, rounds) -> {
            String series = pipeline.model().name() + ", " + inFlight + " in flight";
            rows(report, series, "added", rounds, Asking.Taken::added);
            rows(report, series, "in the job", rounds, Asking.Taken::inJob);
            rows(report, series, "Kafka", rounds, Asking.Taken::legs);
            rows(report, series, "embedding", rounds, Asking.Taken::embedding);
            rows(report, series, "retrieval", rounds, Asking.Taken::retrieval);
            rows(report, series, "generation", rounds, Asking.Taken::generation);
            rows(report, series, "check", rounds, Asking.Taken::check);
            rows(report, series, "whole", rounds, Asking.Taken::whole);
        });
        rows(report, pipeline.model().name(), "Kafka alone, two trips", meanwhile.echoes());
        rows(report, pipeline.model().name(), "a plain search for as many", meanwhile.searches());
        report.row(pipeline.model().name(), "documents meanwhile", "chunks/s", Spread.of(speeds));
        if (bench.sharesCores() && meanwhile.cores().stream().allMatch(part -> part >= 0)) {
            report.row(pipeline.model().name(), "cores taken meanwhile", "of their time", Spread.of(meanwhile.cores()));
        }
        if (!meanwhile.turns().isEmpty()) {
            report.row(
                    pipeline.model().name(),
                    "a thread of the TaskManager waits for a core",
                    "ms each time",
                    Spread.of(meanwhile.turns()));
        }
    }

    /** As {@link Pipeline#compile} does. Without documents to be found, nothing would be ranked and no model asked. */
    private static void compile(Testbench bench, Pipeline pipeline, Asking asking) {
        if (bench.settings().warmUp() == 0) {
            asking.ask(questions(bench, pipeline.token()), MOST_IN_FLIGHT, done -> {});
            return;
        }
        Workload found = pipeline.warmUp(bench.settings().warmUp());
        long deadline = System.nanoTime() + COMPILING.toNanos();
        do {
            asking.ask(questions(bench, pipeline.token()), MOST_IN_FLIGHT, done -> {});
        } while (System.nanoTime() < deadline);
        pipeline.delete(found);
    }

    private static List<Asking.Taken> underLoad(
            Testbench bench,
            Pipeline pipeline,
            Asking asking,
            PlainSearches searches,
            int inFlight,
            double rate,
            Meanwhile meanwhile) {
        List<Question> questions = questions(bench, pipeline.token());
        Optional<ThreadTimes> taskManager = bench.process(Part.TASKMANAGER).flatMap(ThreadTimes::of);
        String task = "answers, " + pipeline.model().name() + ", " + inFlight + " in flight";
        try (Receipts receipts = new Receipts(pipeline.kafka())) {
            List<Asking.Taken> taken;
            try (BackgroundLoad load = BackgroundLoad.start(
                            pipeline.kafka(), bench.workload(), pipeline.token(), rate, receipts::expect);
                    Events.Bar bar = bench.events().begin(task, questions.size())) {
                Optional<ThreadTimes.Moment> begin = taskManager.map(ThreadTimes::now);
                Meanwhile.coresTakenSinceLast();
                taken = asking.ask(questions, inFlight, bar);
                meanwhile.cores().add(Meanwhile.coresTakenSinceLast());
                begin.ifPresent(from -> meanwhile
                        .turns()
                        .add(from.waitingForATurn(taskManager.orElseThrow().now())));
                meanwhile
                        .echoes()
                        .add(KafkaEcho.of(pipeline.kafka(), bench.settings().probes(), 2));
                meanwhile.searches().add(searches.search(bench.settings().probes()));
            }
            BackgroundLoad.await(receipts);
            return taken;
        }
    }

    private static void rows(
            Report.Section report,
            String series,
            String metric,
            List<List<Asking.Taken>> rounds,
            ToDoubleFunction<Asking.Taken> part) {
        rows(
                report,
                series,
                metric,
                rounds.stream()
                        .map(round -> Latencies.of(
                                round.stream().map(part::applyAsDouble).toList()))
                        .toList());
    }

    private static void rows(Report.Section report, String series, String metric, List<Latencies> latencies) {
        report.row(
                series,
                metric + ", p50",
                "ms",
                Spread.of(latencies.stream().map(Latencies::p50).toList()));
        report.row(
                series,
                metric + ", p99",
                "ms",
                Spread.of(latencies.stream().map(Latencies::p99).toList()));
    }

    /** Each begins as a chunk does, so that there is something to be found; no two are the same. */
    private static List<Question> questions(Testbench bench, String token) {
        List<String> texts = bench.workload().texts();
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < bench.settings().questions(); i++) {
            String[] words = texts.get(i % texts.size()).split("\\s+", WORDS + 1);
            String beginning = String.join(" ", List.of(words).subList(0, Math.min(WORDS, words.length)));
            String id = token + "-q" + i;
            questions.add(new Question(
                    id,
                    "What is said of " + beginning + " (" + id + ")?",
                    Workload.COLLECTION,
                    TOP_K,
                    Filter.NONE,
                    -1.0));
        }
        return questions;
    }
}
