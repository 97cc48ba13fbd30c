package dev.tarn.local.stack;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The command line of a server that runs in a JVM of its own. */
final class Jvm {

    /** Compiles once and lightly, which halves the processor time of a start; for servers that never work hard here. */
    static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final String LOGGING = "log4j2-server.properties";

    private Jvm() {}

    /**
     * A JVM that runs the program and logs to {@code <name>.log}.
     *
     * @param name of the log file in the folder's logs
     * @param options of the JVM
     * @param program the main class and its arguments
     */
    static List<String> command(
            DataFolder folder, String name, String classPath, List<String> options, List<String> program) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // These heaps are small: the serial collector takes the least memory and the fewest threads for them.
        command.add("-XX:+UseSerialGC");
        command.add("-Dlog.file=" + folder.logs().resolve(name + ".log"));
        command.add("-Dlog4j2.configurationFile=" + loggingConfiguration(folder));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath));
        command.addAll(program);
        return command;
    }

    /** Whether the JVMs that are started have this option, for they are this one's. */
    static boolean knows(String option) {
        HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        try {
            return hotSpot != null && hotSpot.getVMOption(option) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Path loggingConfiguration(DataFolder folder) {
        Path file = folder.logs().resolve(LOGGING);
        try (InputStream resource = Jvm.class.getResourceAsStream(LOGGING)) {
            Files.createDirectories(folder.logs());
            Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
