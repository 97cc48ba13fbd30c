package dev.tarn.local;

import dev.tarn.jobs.options.LayeredDefaults;
import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.stack.Endpoints;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What an option is when the command line doesn't say: the environment's value, else the running stack's address. */
final class StackDefaults implements IDefaultValueProvider {
    private final DataFolder data;
    private final Map<String, String> environment;
    private final Set<String> commandLineOnly;

    StackDefaults(Path data) {
        this(data, System.getenv(), Set.of());
    }

    /** @param commandLineOnly options for which the environment counts for nothing */
    StackDefaults(Path data, Map<String, String> environment, Set<String> commandLineOnly) {
        this.data = new DataFolder(data);
        this.environment = environment;
        this.commandLineOnly = commandLineOnly;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || option.hidden()
                || !option.longestName().startsWith("--")
                || commandLineOnly.contains(option.longestName())) {
            return null;
        }
        String value = environment.get(LayeredDefaults.environmentVariable(option.longestName()));
        return value != null && !value.isEmpty() ? value : address(option);
    }

    /** Only of those that have an address as their default: {@code tarn up} must not take its own for given. */
    private String address(OptionSpec option) {
        if (option.defaultValue() == null) {
            return null;
        }
        Endpoints running = data.endpoints().orElse(Endpoints.NONE);
        Object address = switch (option.longestName()) {
            case "--kafka" -> running.kafka();
            case "--redis" -> running.redis();
            case "--ollama" -> running.ollama();
            case "--flink" -> running.flink();
            default -> null;
        };
        return address == null ? null : address.toString();
    }
}
