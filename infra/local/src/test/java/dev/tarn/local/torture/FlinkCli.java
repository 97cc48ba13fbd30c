package dev.tarn.local.torture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Flink's command line client, in a JVM of its own: what {@code bin/flink} runs.
 *
 * @param libraries the folder of Flink's jars
 * @param conf the folder of the cluster's configuration
 */
record FlinkCli(Path libraries, Path conf) {

    /** Runs a command to its end, and returns what it printed. */
    String run(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-cp",
                libraries.resolve("*").toString(),
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
