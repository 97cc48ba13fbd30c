package dev.tarn.local;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether, and how long, a command waits for the index. */
final class WaitOptions {
    @Option(names = "--wait", description = "Wait until the index has every document.")
    boolean wait;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "PT2M",
            description = "With --wait: give up when nothing was indexed for so long (ISO 8601).")
    Duration patience;
}
