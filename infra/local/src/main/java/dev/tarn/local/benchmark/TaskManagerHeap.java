package dev.tarn.local.benchmark;

import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The heap that a TaskManager needs: what it uses after garbage was collected. */
final class TaskManagerHeap {
    private static final int SAMPLES = 12;
    private static final long BETWEEN_MS = 500;

    private final Testbench bench;

    TaskManagerHeap(Testbench bench) {
        this.bench = bench;
    }

    /**
     * Bytes: the least that Flink tells within some seconds, after a collection where the TaskManager is the stack's own and
     * this JDK has jcmd.
     */
    long used() throws InterruptedException {
        bench.process(Part.TASKMANAGER).ifPresent(TaskManagerHeap::collect);
        FlinkJobs flink = new FlinkJobs(bench.endpoints().flink());
        long least = Long.MAX_VALUE;
        for (int i = 0; i < SAMPLES; i++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
            least = Math.min(
                    least, flink.usedHeaps().stream().mapToLong(Long::longValue).sum());
        }
        return least;
    }

    private static void collect(long process) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return;
        }
        try {
            new ProcessBuilder(jcmd.toString(), Long.toString(process), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(1, TimeUnit.MINUTES);
        } catch (IOException e) {
            // The least of the samples is what there is, then.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
