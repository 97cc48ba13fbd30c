package dev.tarn.local.torture;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a torture run did and found.
 *
 * @param faults how often each came
 * @param changes how often documents were changed in which way
 * @param receipts and dead letters, sent back or not, in their topics
 * @param replays how often dead letters were sent back while faults went on
 * @param checkpoints that were completed
 * @param looks how often the watcher read something
 * @param findings what is wrong; empty when all is well
 */
public record TortureReport(
        Map<Fault, Integer> faults,
        Map<Workload.Change, Integer> changes,
        long receipts,
        long deadLetters,
        int replays,
        int checkpoints,
        long looks,
        List<String> findings) {

    /** Whether nothing was found. */
    public boolean isWell() {
        return findings.isEmpty();
    }

    /** How many faults there were. */
    public int struck() {
        return faults.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Prints it for a person. */
    public void print(PrintWriter out) {
        out.println();
        out.printf("What it did: %d faults%n", struck());
        new EnumMap<>(faults).forEach((fault, count) -> out.printf("  %4d x %s%n", count, fault));
        out.printf(
                "  %d changes of documents%n",
                changes.values().stream().mapToInt(Integer::intValue).sum());
        changes.forEach((change, count) ->
                out.printf("  %4d x %s%n", count, change.name().toLowerCase(Locale.ROOT)));
        out.printf(
                "  %d receipts, %d dead letters, sent back %d times and at the end, %d checkpoints, %d reads%n",
                receipts, deadLetters, replays, checkpoints, looks);
        out.println("What it found: " + (isWell() ? "nothing" : findings.size() + " things"));
        findings.forEach(finding -> out.println("  " + finding));
        out.flush();
    }
}
