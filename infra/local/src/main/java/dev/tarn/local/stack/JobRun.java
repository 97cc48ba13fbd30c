package dev.tarn.local.stack;

import java.util.List;

/**
 * One run of a program in an uploaded jar.
 *
 * @param entryClass whose main method builds and submits the job
 * @param arguments of the program, one by one as main gets them
 * @param parallelism of the job; 0 leaves it to the program and the cluster
 * @param savepoint to start from, a location that the cluster can read; null starts afresh
 */
public record JobRun(String entryClass, List<String> arguments, int parallelism, String savepoint) {

    public JobRun {
        arguments = List.copyOf(arguments);
    }

    public JobRun(String entryClass, List<String> arguments) {
        this(entryClass, arguments, 0, null);
    }
}
