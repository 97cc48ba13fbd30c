package dev.tarn.local.torture;

import dev.tarn.local.Tarn;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Test beds as the tests start them. */
final class Testbeds {
    private Testbeds() {}

    static Testbed start(Path data, long seed) {
        Path home = Path.of(System.getProperty("tarn.home"));
        Path jar = home.resolve("jobs/target/tarn-jobs.jar");
        return Testbed.start(new TestbedSettings(home, data, jar, 2, seed), Testbeds::run, event -> {});
    }

    static Commands.Result run(List<String> arguments) {
        StringWriter printed = new StringWriter();
        int exitCode = Tarn.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(arguments.toArray(String[]::new));
        return new Commands.Result(exitCode, printed.toString());
    }

    /** Lets up to so much time pass. */
    static void randomPause(long seed, Duration most) {
        Wait.pause(Duration.ofMillis(new Random(seed).nextLong(most.toMillis())));
    }
}
