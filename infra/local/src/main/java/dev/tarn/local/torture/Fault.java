package dev.tarn.local.torture;

import dev.tarn.local.stack.Part;

/** One way in which something fails, and how it comes back. */
public enum Fault {
    TASKMANAGER_KILLED(Target.FLINK, "TaskManager kill -9"),
    JOBMANAGER_KILLED(Target.FLINK, "JobManager kill -9"),
    BROKER_KILLED(Target.BROKER, "broker kill -9"),
    PARTITIONS_ADDED(Target.BROKER, "documents topic gets more partitions"),
    TOPIC_CREATED_AGAIN(Target.BROKER, "documents topic deleted, and created again with fewer partitions"),
    REDIS_KILLED(Target.REDIS, "Redis kill -9 with the append-only file"),
    REDIS_FLUSHED(Target.REDIS, "Redis FLUSHALL"),
    REDIS_FAILED_OVER(Target.REDIS, "Redis failover to a replica that lagged"),
    REDIS_RESTORED(Target.REDIS, "Redis restored from an old dump"),
    REDIS_LOADING(Target.REDIS, "Redis LOADING"),
    REDIS_READ_ONLY(Target.REDIS, "Redis READONLY"),
    REDIS_OUT_OF_MEMORY(Target.REDIS, "Redis OOM (maxmemory)"),
    MODEL_REFUSING(ModelFault.REFUSING, "model server refuses connections"),
    MODEL_ERROR(ModelFault.ERROR, "model server answers 500"),
    MODEL_BUSY(ModelFault.BUSY, "model server answers 503"),
    MODEL_SLOW(ModelFault.SLOW, "model server slower than the timeout"),
    MODEL_CUT_OFF(ModelFault.CUT_OFF, "model server cut off in mid-reply"),
    MODEL_SHORT_OF_VECTORS(ModelFault.SHORT_OF_VECTORS, "model server short of vectors"),
    MODEL_NOT_A_NUMBER(ModelFault.NOT_A_NUMBER, "model computes NaN"),
    MODEL_WRONG_DIMENSION(ModelFault.WRONG_DIMENSION, "model answers vectors of another dimension"),
    MODEL_NOT_PULLED(ModelFault.NOT_PULLED, "model not pulled");

    private final Target target;
    private final ModelFault modelFault;
    private final String words;

    /** What a fault befalls; of two faults of one target the second begins when the first is over. */
    enum Target {
        FLINK,
        BROKER,
        REDIS,
        MODEL
    }

    Fault(Target target, String words) {
        this.target = target;
        this.modelFault = null;
        this.words = words;
    }

    Fault(ModelFault fault, String words) {
        this.target = Target.MODEL;
        this.modelFault = fault;
        this.words = words;
    }

    Target target() {
        return target;
    }

    /** Whether good documents become dead letters, which are to be sent back once the cause is gone. */
    boolean leavesDeadLetters() {
        return this == MODEL_SHORT_OF_VECTORS || this == MODEL_NOT_A_NUMBER;
    }

    /** Whether the job waits for the end of it, and completes checkpoints meanwhile. */
    boolean isOutage() {
        return switch (this) {
            case REDIS_KILLED,
                    REDIS_READ_ONLY,
                    REDIS_OUT_OF_MEMORY,
                    MODEL_REFUSING,
                    MODEL_ERROR,
                    MODEL_BUSY,
                    MODEL_SLOW,
                    MODEL_CUT_OFF -> true;
            default -> false;
        };
    }

    /**
     * Whether it may come beside the others, with nobody there to mend what is left: what only a topic before this one had,
     * or an index that was empty when a model of another dimension was there to make it anew.
     */
    boolean isForAnyTime() {
        return this != TOPIC_CREATED_AGAIN && this != MODEL_WRONG_DIMENSION;
    }

    /** Makes it fail. */
    void begin(Testbed bed) {
        switch (this) {
            case TASKMANAGER_KILLED -> bed.stack().kill(Part.TASKMANAGER);
            case JOBMANAGER_KILLED -> bed.stack().kill(Part.JOBMANAGER);
            case BROKER_KILLED -> bed.stack().kill(Part.BROKER);
            case PARTITIONS_ADDED -> bed.topics().addPartitions(Testbed.DOCUMENTS);
            case TOPIC_CREATED_AGAIN -> {
                bed.workload().standStill();
                bed.topics().delete(Testbed.DOCUMENTS);
            }
            case REDIS_KILLED -> bed.redis().kill();
            case REDIS_FLUSHED -> bed.watcher().forgetDuring(bed.redis()::flush);
            case REDIS_FAILED_OVER -> bed.watcher().forgetDuring(bed.redis()::failOver);
            case REDIS_RESTORED -> bed.watcher().forgetDuring(bed.redis()::restoreDump);
            case REDIS_LOADING -> bed.redis().load();
            case REDIS_READ_ONLY -> bed.redis().makeReadOnly();
            case REDIS_OUT_OF_MEMORY -> bed.redis().setMaxMemory("1mb");
            default -> bed.model().begin(modelFault);
        }
    }

    /** Brings back what failed, and returns when it answers. */
    void end(Testbed bed) {
        switch (this) {
            case TASKMANAGER_KILLED -> bed.stack().restart(Part.TASKMANAGER);
            case JOBMANAGER_KILLED -> bed.restartJobManager();
            case BROKER_KILLED -> bed.stack().restart(Part.BROKER);
            case REDIS_KILLED -> bed.redis().restart();
            case TOPIC_CREATED_AGAIN -> {
                bed.topics().create(Testbed.DOCUMENTS);
                bed.workload().goOn();
            }
            case PARTITIONS_ADDED, REDIS_FLUSHED, REDIS_FAILED_OVER, REDIS_RESTORED -> {} // it answers already
            case REDIS_LOADING -> bed.redis().awaitLoaded();
            case REDIS_READ_ONLY -> bed.redis().makeWritable();
            case REDIS_OUT_OF_MEMORY -> bed.redis().setMaxMemory("0");
            default -> bed.model().end();
        }
    }

    @Override
    public String toString() {
        return words;
    }
}
