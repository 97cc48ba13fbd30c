package dev.tarn.local.benchmark;

import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.local.stack.Part;
import java.util.Optional;
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
        Optional<Long> process = bench.process(Part.TASKMANAGER);
        if (process.isPresent()) {
            new Jcmd(process.get()).run("GC.run");
        }
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
