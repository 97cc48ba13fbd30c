package dev.tarn.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flink's command line client, in a JVM of its own: what {@code bin/flink} runs.
 *
 * @param conf the folder of the cluster's configuration
 */
record FlinkCli(Path conf) {
    /** The folder of Flink's jars. */
    static final Path LIBRARIES = Testbeds.HOME.resolve("infra/local/flink/target/lib");

    private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

    /**
     * Submits a job, and returns its id.
     *
     * @param savepoint to start from; null starts afresh
     */
    String submit(String entryClass, Path jar, List<String> arguments, int parallelism, String savepoint) {
        List<String> command = new ArrayList<>(List.of("run", "-d", "-p", Integer.toString(parallelism)));
        if (savepoint != null) {
            command.addAll(List.of("-s", savepoint));
        }
        command.addAll(List.of("-c", entryClass, jar.toString()));
        command.addAll(arguments);
        return found(JOB, run(command));
    }

    /** Stops a job, and returns its savepoint. */
    String stop(String job, Path savepoints) {
        return found(SAVEPOINT, run(List.of("stop", "--savepointPath", savepoints.toString(), job)));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                LIBRARIES.resolve("*").toString(),
                "org.apache.flink.client.cli.CliFrontend"));
        command.addAll(arguments);
        ProcessBuilder client = new ProcessBuilder(command).redirectErrorStream(true);
        client.environment().put("FLINK_CONF_DIR", conf.toString());
        try {
            Process process = client.start();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.onExit().join().exitValue()).as(printed).isZero();
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
