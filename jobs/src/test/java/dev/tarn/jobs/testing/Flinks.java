package dev.tarn.jobs.testing;

import dev.tarn.jobs.options.JobOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** A small cluster, and the environment that the jobs make, without Kryo. */
public final class Flinks {
    public static final int MAX_PARALLELISM = 128;

    private Flinks() {}

    public static MiniClusterExtension cluster() {
        return new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                .setNumberTaskManagers(1)
                .setNumberSlotsPerTaskManager(2)
                .build());
    }

    public static StreamExecutionEnvironment environment(int parallelism) {
        JobOptions options = new JobOptions();
        options.maxParallelism = MAX_PARALLELISM;
        StreamExecutionEnvironment flink = options.environment();
        flink.configure(withoutKryo());
        flink.setParallelism(parallelism);
        return flink;
    }

    public static Configuration withoutKryo() {
        return new Configuration().set(PipelineOptions.GENERIC_TYPES, false);
    }
}
