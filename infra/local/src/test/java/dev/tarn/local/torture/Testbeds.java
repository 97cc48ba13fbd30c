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

    static final Path HOME = Path.of(System.getProperty("tarn.home"));
    static final Path JAR = HOME.resolve("jobs/target/tarn-jobs.jar");

    static Testbed start(Path data, long seed) {
        return start(data, seed, 4);
    }

    static Testbed start(Path data, long seed, int taskSlots) {
        return Testbed.start(new TestbedSettings(HOME, data, JAR, 2, taskSlots, seed), Testbeds::run, event -> {});
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
