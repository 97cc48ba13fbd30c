package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkConfigTest {

    private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";
    private static final Pattern MEBIBYTES = Pattern.compile("(\\d+)m$");

    @TempDir
    Path conf;

    private final FlinkConfig config = new FlinkConfig(new DataFolder(Path.of("data")), 8081, 6123, 1, 4);

    @Test
    void theTaskManagerHasTheMemoryThatFlinkComputesFromTheSettings() throws IOException {
        assertThat(computed("GET_TM_RESOURCE_PARAMS")).containsAll(sizesInBytes(config.taskManagerOptions()));
    }

    @Test
    void theJobManagerHasTheMemoryThatFlinkComputesFromTheSettings() throws IOException {
        assertThat(computed("GET_JM_RESOURCE_PARAMS")).containsAll(sizesInBytes(config.jobManagerOptions()));
    }

    @Test
    void theTaskManagerTakes512MebibytesInAll() {
        assertThat(config.settings().entrySet().stream()
                        .filter(setting -> setting.getKey().startsWith("taskmanager.memory."))
                        .filter(setting -> !setting.getKey().endsWith(".min"))
                        .mapToInt(setting ->
                                Integer.parseInt(setting.getValue().toString().replace(" mb", "")))
                        .sum())
                .isEqualTo(512);
        assertThat(config.taskManagerOptions()).contains("-Xmx176m");
    }

    /** Asks the class that Flink's own start scripts ask for the options of the JVMs. */
    private List<String> computed(String what) throws IOException {
        new YAMLMapper().writeValue(conf.resolve("config.yaml").toFile(), config.settings());
        Installation installation = new Installation(Path.of(System.getProperty("tarn.home")));
        Process utility = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        installation.flinkClassPath(),
                        "org.apache.flink.runtime.util.bash.BashJavaUtils",
                        what,
                        "--configDir",
                        conf.toString())
                .redirectErrorStream(true)
                .start();
        String options = utility.inputReader()
                .lines()
                .filter(line -> line.startsWith(RESULT))
                .findFirst()
                .orElseThrow();
        return List.of(options.substring(RESULT.length()).split(" ", -1));
    }

    private static List<String> sizesInBytes(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith("-Xmx") || option.startsWith("-XX:Max") && option.endsWith("m"))
                .map(option -> MEBIBYTES.matcher(option).replaceFirst(size -> bytes(size.group(1))))
                .toList();
    }

    private static String bytes(String mebibytes) {
        return Long.toString(Long.parseLong(mebibytes) * 1024 * 1024);
    }
}
