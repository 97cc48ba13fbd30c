package dev.tarn.local;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.local.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The {@code tarn} command. */
@Command(
        name = "tarn",
        description = "Live question answering over documents that keep changing.",
        mixinStandardHelpOptions = true,
        version = "tarn 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Where an address is not given, it is that of the stack that `tarn up` runs, else the usual one.",
            "Every option can come from the environment: --embedding-model is TARN_EMBEDDING_MODEL.",
            "TARN_DATA names another data folder than .tarn."
        },
        subcommands = {
            Demo.class,
            Up.class,
            Publish.class,
            Delete.class,
            Ask.class,
            Answers.class,
            Status.class,
            Verify.class,
            DeadLetters.class,
            Evaluate.class,
            Benchmark.class,
            Torture.class,
            HelpCommand.class
        })
public final class Tarn {
    private Tarn() {}

    /** Runs a command; exits with 0, with 1 when it failed, or with 2 when the arguments can't be used. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command with all of its subcommands, ready to execute. */
    public static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Tarn());
        command.setDefaultValueProvider(new StackDefaults(Folders.data()));
        command.getSubcommands()
                .get("demo")
                .setDefaultValueProvider(new StackDefaults(Folders.data(), System.getenv(), Demo.COMMAND_LINE_ONLY));
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((exception, failed, parsed) -> {
            failed.getErr().println("tarn " + failed.getCommandName() + ": " + message(exception));
            return CommandLine.ExitCode.SOFTWARE;
        });
        return command;
    }

    /** What went wrong, for a person; the class only where the message alone says nothing. */
    private static String message(Exception exception) {
        boolean spoken = exception instanceof Misconfiguration
                || exception instanceof StackException
                || exception instanceof CommandFailed;
        return spoken ? exception.getMessage() : exception.getClass().getSimpleName() + ": " + exception.getMessage();
    }
}
