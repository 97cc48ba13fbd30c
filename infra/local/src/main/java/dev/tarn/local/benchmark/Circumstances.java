package dev.tarn.local.benchmark;

import com.sun.management.OperatingSystemMXBean;
import dev.tarn.local.stack.FlinkJobs;
import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine, the versions and the settings: without them no number means anything. */
public final class Circumstances {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Circumstances() {}

    static Map<String, String> of(Testbench bench) {
        Map<String, String> all = new LinkedHashMap<>(machine());
        all.put("Flink", new FlinkJobs(bench.endpoints().flink()).version());
        all.put("Kafka's client", AppInfoParser.getVersion());
        all.put("Redis", bench.plain().info("server", "redis_version") + ", " + bench.engine());
        try (Embedder embedder = bench.model().embedder()) {
            EmbeddingModelInfo info = embedder.describe();
            String digest =
                    info.digest().substring(0, Math.min(12, info.digest().length()));
            all.put(
                    "model server",
                    bench.model().name() + ", " + info.name() + " (" + digest + ", " + info.dimension()
                            + " dimensions), " + bench.model().chat());
        }
        all.put("parts", bench.sharesCores() ? "share the cores of this machine" : "are on different machines");
        all.putAll(bench.settings().describe());
        return all;
    }

    /** The machine and the JVM. */
    public static Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores to be used");
        machine.put("memory", memory());
        machine.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        machine.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        return machine;
    }

    private static String processor() {
        if (!Files.isReadable(PROCESSORS)) {
            return "?";
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("?");
        } catch (IOException e) {
            return "?";
        }
    }

    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? String.format(Locale.ROOT, "%.1f GiB", system.getTotalMemorySize() / (double) (1 << 30))
                : "?";
    }
}
