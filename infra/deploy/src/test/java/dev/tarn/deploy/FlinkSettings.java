package dev.tarn.deploy;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Flink's settings, by their keys. */
final class FlinkSettings {
    private static final List<Class<?>> DEFINED_IN = List.of(
            AutoScalerOptions.class,
            CheckpointingOptions.class,
            CoreOptions.class,
            ExecutionOptions.class,
            HighAvailabilityOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            PipelineOptions.class,
            RestartStrategyOptions.class,
            StateBackendOptions.class,
            StateRecoveryOptions.class,
            TaskManagerOptions.class);

    private final Map<String, ConfigOption<?>> known = new HashMap<>();

    FlinkSettings() throws IllegalAccessException {
        for (Class<?> options : DEFINED_IN) {
            for (Field field : options.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    ConfigOption<?> option = (ConfigOption<?>) field.get(null);
                    known.put(option.key(), option);
                }
            }
        }
    }

    /** What Flink does not know, or can't read. The S3 file system takes any key of Hadoop's. */
    List<String> problems(Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        settings.forEach((key, value) -> {
            ConfigOption<?> option = known.get(key);
            if (key.startsWith("metrics.reporter.prom.")) {
                problems.addAll(reporterProblems(key, value));
            } else if (option == null && !key.startsWith("s3.")) {
                problems.add(key + " is no setting of Flink");
            } else if (option != null && !isReadable(option, value)) {
                problems.add(key + " can't be " + value);
            }
        });
        return problems;
    }

    private static boolean isReadable(ConfigOption<?> option, String value) {
        Configuration configuration = new Configuration();
        configuration.setString(option.key(), value);
        try {
            return configuration.getOptional(option).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> reporterProblems(String key, String value) {
        try {
            boolean good = key.endsWith(".factory.class")
                    ? MetricReporterFactory.class.isAssignableFrom(Class.forName(value))
                    : key.endsWith(".port") && Integer.parseInt(value) > 0;
            return good ? List.of() : List.of(key + " can't be " + value);
        } catch (ClassNotFoundException e) {
            return List.of(key + ": there is no class " + value);
        }
    }
}
