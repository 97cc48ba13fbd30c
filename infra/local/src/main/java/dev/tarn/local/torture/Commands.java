package dev.tarn.local.torture;

import java.util.List;

/** The {@code tarn} command, as far as a test bed needs it. */
@FunctionalInterface
public interface Commands {

    /** Runs a command with these arguments to its end. */
    Result run(List<String> arguments);

    /**
     * What became of a command.
     *
     * @param output all that it printed
     */
    record Result(int exitCode, String output) {}
}
