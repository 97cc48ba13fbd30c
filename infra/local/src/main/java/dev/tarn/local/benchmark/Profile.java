package dev.tarn.local.benchmark;

import dev.tarn.local.benchmark.report.Report;
import dev.tarn.local.benchmark.report.Spread;
import dev.tarn.local.stack.Jcmd;
import dev.tarn.local.stack.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * {@code profile}: the methods in which the TaskManager spends its processor time at full speed, and those that allocate
 * most, by the JDK's flight recorder, where the model server computes nothing. It is a TaskManager of its own: what the
 * recorder takes of its memory is not what a TaskManager needs.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/docs/specs/man/jcmd.html">JFR.start</a>
 */
final class Profile implements Measurement {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String ALLOCATION = "jdk.ObjectAllocationSample";
    private static final String RECORDING = "tarn";
    private static final int TOP = 10;

    /** Else JFR takes the nearest place for the one that is met where the compiler has left no names. */
    private static final String[] NAMES_EVERYWHERE = {"-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"};

    private static final Pattern JDK = Pattern.compile("(java|javax|jdk|sun)\\.");
    private static final long MEBIBYTE = 1 << 20;

    /** Loads of the usual size, for samples come every 10 ms only. */
    private static final int LOADS = 5;

    @Override
    public void run(Testbench bench, Report.Section report) throws Exception {
        if (bench.process(Part.TASKMANAGER).isEmpty()) {
            report.note("only a TaskManager that the benchmark has started can be profiled");
            return;
        }
        bench.renewTaskManager(NAMES_EVERYWHERE);
        Path file = Files.createTempFile("tarn-profile", ".jfr");
        Path settings = settings();
        try {
            Jcmd jcmd = new Jcmd(bench.process(Part.TASKMANAGER).orElseThrow());
            int chunks;
            Model model = bench.freeModel();
            try (Pipeline pipeline = bench.pipeline(model, bench.settings().hnsw(), false)) {
                pipeline.compile();
                Workload load = bench.workload().like(pipeline.token(), LOADS * bench.chunks(model));
                chunks = load.size();
                if (!jcmd.run("JFR.start", "name=" + RECORDING, "settings=" + settings)) {
                    report.note("this Java has no jcmd, or its flight recorder does not start");
                    return;
                }
                new Load(pipeline.kafka()).run(load.documents(), bench.events(), "first load");
                if (!jcmd.run("JFR.stop", "name=" + RECORDING, "filename=" + file)) {
                    throw new IOException("the flight recorder did not write " + file);
                }
            }
            write(file, chunks, report);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(settings);
        }
    }

    /** Only what is read here is recorded, so that recording takes little. */
    private static Path settings() throws IOException {
        Path settings = Files.createTempFile("tarn-profile", ".jfc");
        try (InputStream resource = Profile.class.getResourceAsStream("profile.jfc")) {
            Files.copy(Objects.requireNonNull(resource), settings, StandardCopyOption.REPLACE_EXISTING);
        }
        return settings;
    }

    private static void write(Path recording, int chunks, Report.Section report) throws IOException {
        Map<String, Long> methods = new HashMap<>();
        Map<String, Long> allocating = new HashMap<>();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                RecordedStackTrace trace = event.getStackTrace();
                if (trace == null || trace.getFrames().isEmpty()) {
                    continue;
                }
                switch (event.getEventType().getName()) {
                    case SAMPLE -> methods.merge(name(trace.getFrames().get(0).getMethod()), 1L, Long::sum);
                    case ALLOCATION -> allocating.merge(allocating(trace), event.getLong("weight"), Long::sum);
                    default -> {}
                }
            }
        }
        top(report, methods, "of the samples");
        top(report, allocating, "of the bytes allocated");
        report.note(sum(methods) + " samples of running Java, " + methods.size() + " methods; "
                + sum(allocating) / MEBIBYTE + " MiB allocated for " + chunks + " chunks");
        report.bars("Where the TaskManager's processor time goes", "of the samples", "%");
    }

    /** The nearest method that is not the JDK's own: it allocates by that one what it needs. */
    private static String allocating(RecordedStackTrace trace) {
        List<RecordedFrame> frames = trace.getFrames();
        return name(frames.stream()
                .map(RecordedFrame::getMethod)
                .filter(method -> !JDK.matcher(method.getType().getName()).lookingAt())
                .findFirst()
                .orElse(frames.get(0).getMethod()));
    }

    private static void top(Report.Section report, Map<String, Long> methods, String metric) {
        long all = sum(methods);
        methods.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(TOP)
                .forEach(method ->
                        report.row(method.getKey(), metric, "%", Spread.of(List.of(100.0 * method.getValue() / all))));
    }

    private static long sum(Map<String, Long> methods) {
        return methods.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Without packages, which make a name long and are easily found. */
    private static String name(RecordedMethod method) {
        String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }
}
