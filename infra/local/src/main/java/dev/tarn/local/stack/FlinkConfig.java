package dev.tarn.local.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of the started Flink cluster. A process that no start script prepares needs all its sizes spelled out, in its
 * settings and again in its JVM's options; both are made here from the same numbers, in MiB. The TaskManager's add up to 512
 * with as many slots as both jobs need and two more.
 */
final class FlinkConfig {

    private static final int JOBMANAGER_HEAP = 192;
    private static final int JOBMANAGER_OFF_HEAP = 64;
    private static final int FRAMEWORK_HEAP = 64;
    private static final int TASK_HEAP = 112;
    private static final int USUAL_HEAP = 96;
    private static final int TASK_HEAP_OF_SLOT = 24;
    private static final int FRAMEWORK_OFF_HEAP = 32;
    private static final int TASK_OFF_HEAP = 32;

    /** Both jobs take 30 buffers of 32 KiB; they have no shuffle, so it is so many for each parallel subtask. */
    private static final int NETWORK_OF_SLOT = 2;

    private static final int METASPACE = 176;
    private static final int METASPACE_OF_BOTH_JOBS = 96;
    private static final int JOBMANAGER_OVERHEAD = 64;
    private static final int TASKMANAGER_OVERHEAD = 88;

    /** Flink's actor systems, two in each process, look at timers every 100 ms, not every 10: their timeouts are seconds. */
    private static final String CALM_TIMERS = "-Dpekko.scheduler.tick-duration=100ms";

    private static final String SEGMENTS = "SegmentedCodeCache";
    private static final String TRIM = "TrimNativeHeapInterval";

    /** Slots that the sizes above are for. */
    private static final int SLOTS = 4;

    private final DataFolder folder;
    private final int restPort;
    private final int rpcPort;
    private final int parallelism;
    private final int taskSlots;

    FlinkConfig(DataFolder folder, int restPort, int rpcPort, int parallelism, int taskSlots) {
        this.folder = folder;
        this.restPort = restPort;
        this.rpcPort = rpcPort;
        this.parallelism = parallelism;
        this.taskSlots = taskSlots;
    }

    List<String> jobManagerOptions() {
        return List.of(
                Jvm.QUICK_START,
                CALM_TIMERS,
                "-Xmx" + JOBMANAGER_HEAP + "m",
                "-XX:MaxMetaspaceSize=" + METASPACE + "m");
    }

    List<String> taskManagerOptions() {
        int direct = FRAMEWORK_OFF_HEAP + TASK_OFF_HEAP + network();
        List<String> options = new ArrayList<>(List.of(
                CALM_TIMERS,
                // Large documents need all of the heap, usual ones less than half of it.
                "-Xms" + USUAL_HEAP + "m",
                "-Xmx" + (FRAMEWORK_HEAP + taskHeap()) + "m",
                "-XX:MinHeapFreeRatio=25",
                "-XX:MaxHeapFreeRatio=40",
                // Documents under way outlive a collection or two; they would fill the old generation.
                "-XX:NewSize=" + USUAL_HEAP / 2 + "m",
                "-XX:SurvivorRatio=2",
                "-XX:TargetSurvivorRatio=90",
                "-XX:MaxDirectMemorySize=" + direct + "m",
                "-XX:MaxMetaspaceSize=" + METASPACE + "m",
                // An ended job's classes go with the second collection, for the first ends its HTTP clients:
                // both have to come before the next jobs fill the metaspace.
                "-XX:MetaspaceSize=" + METASPACE_OF_BOTH_JOBS + "m",
                "-XX:MinMetaspaceFreeRatio=5",
                "-XX:MaxMetaspaceFreeRatio=10"));
        if (Jvm.knows(SEGMENTS)) {
            // What the first compiler's code leaves is room for the second's.
            options.add("-XX:-" + SEGMENTS);
        }
        if (Jvm.knows(TRIM)) {
            // What the compilers have freed goes back to the system.
            options.add("-XX:" + TRIM + "=10000");
        }
        return options;
    }

    private int taskHeap() {
        return TASK_HEAP + TASK_HEAP_OF_SLOT * Math.max(0, taskSlots - SLOTS);
    }

    private int network() {
        return NETWORK_OF_SLOT * Math.max(SLOTS, taskSlots);
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new TreeMap<>();
        addresses(settings);
        memory(settings);
        checkpoints(settings);
        recovery(settings);
        return settings;
    }

    private void addresses(Map<String, Object> settings) {
        for (String option : List.of(
                "jobmanager.rpc.address",
                "jobmanager.bind-host",
                "rest.address",
                "rest.bind-address",
                "taskmanager.host",
                "taskmanager.bind-host")) {
            settings.put(option, "127.0.0.1");
        }
        settings.put("rest.port", restPort);
        settings.put("jobmanager.rpc.port", rpcPort);
        settings.put("web.upload.dir", folder.flink().resolve("uploads").toString());
        settings.put("io.tmp.dirs", folder.flink().resolve("tmp").toString());
        settings.put("parallelism.default", parallelism);
        settings.put("taskmanager.numberOfTaskSlots", taskSlots);
    }

    private void memory(Map<String, Object> settings) {
        settings.put("jobmanager.memory.heap.size", mebibytes(JOBMANAGER_HEAP));
        settings.put("jobmanager.memory.off-heap.size", mebibytes(JOBMANAGER_OFF_HEAP));
        settings.put("jobmanager.memory.jvm-metaspace.size", mebibytes(METASPACE));
        settings.put("taskmanager.cpu.cores", taskSlots);
        settings.put("taskmanager.memory.framework.heap.size", mebibytes(FRAMEWORK_HEAP));
        settings.put("taskmanager.memory.task.heap.size", mebibytes(taskHeap()));
        settings.put("taskmanager.memory.framework.off-heap.size", mebibytes(FRAMEWORK_OFF_HEAP));
        settings.put("taskmanager.memory.task.off-heap.size", mebibytes(TASK_OFF_HEAP));
        settings.put("taskmanager.memory.managed.size", mebibytes(0));
        settings.put("taskmanager.memory.jvm-metaspace.size", mebibytes(METASPACE));
        for (String end : List.of(".min", ".max")) {
            settings.put("taskmanager.memory.network" + end, mebibytes(network()));
            settings.put("taskmanager.memory.jvm-overhead" + end, mebibytes(TASKMANAGER_OVERHEAD));
            settings.put("jobmanager.memory.jvm-overhead" + end, mebibytes(JOBMANAGER_OVERHEAD));
        }
    }

    private void checkpoints(Map<String, Object> settings) {
        settings.put("state.backend.type", "hashmap");
        settings.put("execution.checkpointing.storage", "filesystem");
        settings.put("execution.checkpointing.dir", "file://" + folder.flink().resolve("checkpoints"));
        settings.put(
                "execution.checkpointing.savepoint-dir",
                "file://" + folder.flink().resolve("savepoints"));
        settings.put("pipeline.generic-types", "false");
        settings.put("execution.checkpointing.interval", "5 s");
        settings.put("execution.checkpointing.min-pause", "1 s");
        settings.put("execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
        // An outage of Ollama or Redis holds the barriers back; it is no reason to restart the job.
        settings.put("execution.checkpointing.tolerable-failed-checkpoints", 1000);
    }

    private static void recovery(Map<String, Object> settings) {
        settings.put("heartbeat.interval", "1 s");
        settings.put("heartbeat.timeout", "8 s");
        settings.put("restart-strategy.type", "exponential-delay");
        settings.put("restart-strategy.exponential-delay.initial-backoff", "1 s");
        settings.put("restart-strategy.exponential-delay.max-backoff", "30 s");
        settings.put("restart-strategy.exponential-delay.backoff-multiplier", 2.0);
        settings.put("restart-strategy.exponential-delay.reset-backoff-threshold", "2 min");
    }

    private static String mebibytes(int size) {
        return size + " mb";
    }
}
