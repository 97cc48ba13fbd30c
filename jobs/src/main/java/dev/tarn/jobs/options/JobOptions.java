package dev.tarn.jobs.options;

import dev.tarn.failure.Misconfiguration;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What both jobs have in common. */
public final class JobOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with options, without their dashes.")
    public String config;

    @Option(
            names = "--max-parallelism",
            paramLabel = "N",
            defaultValue = "128",
            description = "The most parallelism that the job can ever be rescaled to.",
            converter = AtLeastOne.class)
    public int maxParallelism;

    @Option(names = "--print-config", description = "Print the value of every option, and stop.")
    public boolean printConfig;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help, and stop.")
    public boolean help;

    /**
     * Fills the options of a command.
     *
     * @return empty when all that was asked for was help, or the configuration, which has been printed
     * @throws Misconfiguration when the arguments can't be used; it says what to change
     */
    public static <T> Optional<T> parse(T options, String... arguments) {
        return parse(options, System.getenv(), new PrintWriter(System.out, true, StandardCharsets.UTF_8), arguments);
    }

    /** Fills the options of a command from these variables and arguments; what is asked for is printed here. */
    public static <T> Optional<T> parse(
            T options, Map<String, String> environment, PrintWriter out, String... arguments) {
        CommandLine command = new CommandLine(options).setCaseInsensitiveEnumValuesAllowed(true);
        command.setDefaultValueProvider(LayeredDefaults.of(environment, arguments));
        try {
            command.parseArgs(arguments);
        } catch (CommandLine.UnmatchedArgumentException e) {
            throw new Misconfiguration("Unknown options: " + names(e.getUnmatched()) + ". See --help.");
        } catch (CommandLine.ParameterException e) {
            throw new Misconfiguration(EffectiveConfig.redacted(e.getMessage()) + ". See --help.");
        }
        if (command.isUsageHelpRequested()) {
            command.usage(out);
            return Optional.empty();
        }
        if (command.getParseResult().hasMatchedOption("--print-config")) {
            EffectiveConfig.print(command, out);
            return Optional.empty();
        }
        return Optional.of(options);
    }

    /** The options of a command, in the order in which its help lists them. */
    public static List<OptionDescription> describe(Object options) {
        return new CommandLine(options)
                .getCommandSpec().options().stream()
                        .filter(option -> !option.hidden())
                        .map(OptionDescription::of)
                        .toList();
    }

    /** The options alone: what was meant as the value of one can be a secret. */
    private static String names(List<String> unknown) {
        return unknown.stream()
                .filter(argument -> argument.startsWith("--"))
                .map(argument -> argument.split("=", 2)[0])
                .collect(Collectors.joining(", "));
    }

    /** The environment; what belongs to the cluster is set there. Records are immutable, so operators may share them. */
    public StreamExecutionEnvironment environment() {
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
        flink.setMaxParallelism(maxParallelism);
        flink.getConfig().enableObjectReuse();
        return flink;
    }
}
