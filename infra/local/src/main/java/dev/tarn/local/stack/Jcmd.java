package dev.tarn.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The JDK's jcmd, on a process of this machine. */
public record Jcmd(long process) {
    private static final Path PROGRAM = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    private static final long MINUTES = 1;

    /** Returns whether the process has done it; not where this JDK has no jcmd. */
    public boolean run(String... command) throws InterruptedException {
        return ask(command).isPresent();
    }

    /** What the process prints when it does it; empty where it does not, or this JDK has no jcmd. */
    public Optional<String> ask(String... command) throws InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(List.of(PROGRAM.toString(), Long.toString(process)));
        all.addAll(List.of(command));
        try {
            Path output = Files.createTempFile("tarn-jcmd", ".txt");
            try {
                Process started = new ProcessBuilder(all)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                boolean isDone = started.waitFor(MINUTES, TimeUnit.MINUTES) && started.exitValue() == 0;
                return isDone ? Optional.of(Files.readString(output)) : Optional.empty();
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
