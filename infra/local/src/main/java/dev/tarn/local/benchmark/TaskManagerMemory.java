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
    private static final int SAMPLES = 6;
    private static final long BETWEEN_MS = 1_000;

    private final Testbench bench;

    TaskManagerMemory(Testbench bench) {
        this.bench = bench;
    }

    /**
     * Bytes of the objects that are reachable, where the TaskManager is the stack's own and this JDK has jcmd; else what Flink
     * tells. Either is the least of some seconds: what an ended job leaves is reachable until its HTTP client's thread has
     * ended.
     */
    long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < SAMPLES; i++) {
            least = Math.min(least, reachable().orElseGet(this::told));
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
        }
        return least;
    }

    private Optional<Long> reachable() throws InterruptedException {
        Optional<Long> process = bench.process(Part.TASKMANAGER);
        if (process.isEmpty()) {
            return Optional.empty();
        }
        Matcher total =
                TOTAL.matcher(new Jcmd(process.get()).ask("GC.class_histogram").orElse(""));
        return total.find() ? Optional.of(Long.parseLong(total.group(1))) : Optional.empty();
    }

    private long told() {
        return new FlinkJobs(bench.endpoints().flink())
                .usedHeaps().stream().mapToLong(Long::longValue).sum();
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
}
