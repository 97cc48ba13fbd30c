package dev.tarn.local.stack;

import java.nio.file.Path;
import java.util.Map;

/**
 * What to start, and where.
 *
 * @param home the repository's root, where the servers' class paths and scripts lie
 * @param data the folder that keeps what the servers write
 * @param given what runs already and is to be used; whatever is null in it is started (Ollama: looked for first)
 * @param ports where started servers listen
 * @param parallelism of a Flink job that does not bring its own
 * @param taskSlots of the started Flink cluster
 * @param flink settings of the started Flink cluster that replace the usual ones
 */
public record StackSettings(
        Path home,
        Path data,
        Endpoints given,
        PreferredPorts ports,
        int parallelism,
        int taskSlots,
        Map<String, String> flink) {

    public StackSettings {
        flink = Map.copyOf(flink);
    }

    public StackSettings(Path home, Path data, Endpoints given, PreferredPorts ports, int parallelism, int taskSlots) {
        this(home, data, given, ports, parallelism, taskSlots, Map.of());
    }

    /** Starts everything, on the well-known ports, with its data in {@code .tarn}. */
    public static StackSettings of(Path home) {
        return new StackSettings(home, home.resolve(".tarn"), Endpoints.NONE, PreferredPorts.WELL_KNOWN, 1, 4);
    }

    public StackSettings withData(Path folder) {
        return new StackSettings(home, folder, given, ports, parallelism, taskSlots, flink);
    }

    public StackSettings withGiven(Endpoints endpoints) {
        return new StackSettings(home, data, endpoints, ports, parallelism, taskSlots, flink);
    }

    public StackSettings withTaskSlots(int slots) {
        return new StackSettings(home, data, given, ports, parallelism, slots, flink);
    }

    public StackSettings withFlink(Map<String, String> settings) {
        return new StackSettings(home, data, given, ports, parallelism, taskSlots, settings);
    }

    public StackSettings withPorts(PreferredPorts preferred) {
        return new StackSettings(home, data, given, preferred, parallelism, taskSlots, flink);
    }
}
