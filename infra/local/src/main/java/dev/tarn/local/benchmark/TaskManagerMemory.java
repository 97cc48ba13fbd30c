package dev.tarn.local.benchmark;

import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Jcmd;
import dev.tarn.local.stack.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory that a TaskManager needs: what is left of its heap when garbage is collected, and the most that it had resident. */
final class TaskManagerMemory {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /** See proc_pid_status(5). */
    private static final Pattern MOST_RESIDENT = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB");

    private static final long KIBIBYTE = 1 << 10;
    private static final int SAMPLES = 12;
    private static final long BETWEEN_MS = 500;

    private final Testbench bench;

    TaskManagerMemory(Testbench bench) {
        this.bench = bench;
    }

    /**
     * Bytes of the objects that are reachable, where the TaskManager is the stack's own and this JDK has jcmd; else the least
     * that Flink tells within some seconds.
     */
    long heap() throws InterruptedException {
        Optional<Long> process = bench.process(Part.TASKMANAGER);
        if (process.isPresent()) {
            Matcher total = TOTAL.matcher(
                    new Jcmd(process.get()).ask("GC.class_histogram").orElse(""));
            if (total.find()) {
                return Long.parseLong(total.group(1));
            }
        }
        return leastTold();
    }

    /** Bytes that the process has had resident at most, where Linux tells it of one of the stack's own. */
    OptionalLong mostResident() throws IOException {
        Optional<Long> process = bench.process(Part.TASKMANAGER);
        Path status = Path.of("/proc", process.map(String::valueOf).orElse("none"), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        Matcher most = MOST_RESIDENT.matcher(Files.readString(status));
        return most.find() ? OptionalLong.of(Long.parseLong(most.group(1)) * KIBIBYTE) : OptionalLong.empty();
    }

    private long leastTold() throws InterruptedException {
        FlinkJobs flink = new FlinkJobs(bench.endpoints().flink());
        long least = Long.MAX_VALUE;
        for (int i = 0; i < SAMPLES; i++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
            least = Math.min(
                    least, flink.usedHeaps().stream().mapToLong(Long::longValue).sum());
        }
        return least;
    }
}
