package dev.tarn.local;

import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.torture.Commands;
import dev.tarn.local.torture.Testbed;
import dev.tarn.local.torture.TestbedSettings;
import dev.tarn.local.torture.TortureReport;
import dev.tarn.local.torture.TortureRun;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tarn torture}. */
@Command(
        name = "torture",
        description = "Break a stack of its own in every way while documents change, and see that the index then equals"
                + " its topic.",
        mixinStandardHelpOptions = true)
final class Torture implements Callable<Integer> {
    private static final int SLOTS = 4;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How long things go on to fail. Default: ${DEFAULT-VALUE}.")
    private double minutes;

    @Option(names = "--seed", paramLabel = "S", description = "Of documents and faults; without it, any.")
    private Long seed;

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "2",
            description = "The parallelism of the ingest job. Default: ${DEFAULT-VALUE}.")
    private int parallelism;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Consumer<String> events = event -> {
            out.println(event);
            out.flush();
        };
        long chosen = seed == null ? ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE) : seed;
        events.accept("seed " + chosen);
        DataFolder data = new DataFolder(Folders.home().resolve(".tarn-torture"));
        data.clean();
        TestbedSettings settings =
                new TestbedSettings(Folders.home(), data.root(), Folders.jobsJar(), parallelism, SLOTS, chosen);
        try (Testbed bed = Testbed.start(settings, Torture::run, events)) {
            Duration time = Duration.ofMillis((long) (minutes * 60_000));
            TortureReport report = new TortureRun(bed, chosen, events).run(time);
            report.print(out);
            return report.isWell() ? 0 : 1;
        }
    }

    private static Commands.Result run(List<String> arguments) {
        StringWriter printed = new StringWriter();
        int exitCode = Tarn.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(printed))
                .execute(arguments.toArray(String[]::new));
        return new Commands.Result(exitCode, printed.toString());
    }
}
