package dev.tarn.local.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's jcmd, on a process of this machine. */
record Jcmd(long process) {
    private static final Path PROGRAM = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final long MINUTES = 1;

    /** Returns whether the process has done it; not where this JDK has no jcmd. */
    boolean run(String... command) throws InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            return false;
        }
        List<String> all = new ArrayList<>(List.of(PROGRAM.toString(), Long.toString(process)));
        all.addAll(List.of(command));
        try {
            Process started = new ProcessBuilder(all)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return started.waitFor(MINUTES, TimeUnit.MINUTES) && started.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
