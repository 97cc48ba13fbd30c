package dev.tarn.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A Flink program with one argument, compiled against the cluster's own libraries: it counts, or fails where it is told to. */
final class SmallJob {

    static final String ENTRY_CLASS = "SmallJob";

    private static final String SOURCE = """
            import org.apache.flink.api.common.functions.OpenContext;
            import org.apache.flink.api.common.functions.RichMapFunction;
            import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
            import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

            public class SmallJob {
                public static void main(String[] args) throws Exception {
                    String failsIn = args[0];
                    if (failsIn.equals("main")) {
                        throw new IllegalStateException("no lake to row on\\nrun: dig");
                    }
                    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
                    env.fromSequence(0, Long.MAX_VALUE)
                            .map(new Stroke(failsIn))
                            .sinkTo(new DiscardingSink<>());
                    env.execute("row " + failsIn);
                }

                static class Stroke extends RichMapFunction<Long, Long> {
                    private final String failsIn;

                    Stroke(String failsIn) {
                        this.failsIn = failsIn;
                    }

                    @Override
                    public void open(OpenContext context) {
                        if (failsIn.equals("task")) {
                            throw new IllegalStateException("the oar broke");
                        }
                    }

                    @Override
                    public Long map(Long count) throws Exception {
                        Thread.sleep(10);
                        return count;
                    }
                }
            }
            """;

    private SmallJob() {}

    static Path jar(Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(folder, classes);
        Path jar = folder.resolve("small-job.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.newDirectoryStream(classes)) {
            for (Path file : files) {
                out.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    private static void compile(Path folder, Path classes) throws IOException {
        Path source = Files.writeString(folder.resolve(ENTRY_CLASS + ".java"), SOURCE);
        Installation installation = new Installation(Path.of(System.getProperty("tarn.home")));
        // The compiler's launcher, not the compiler, knows the wildcard of a class path.
        Process javac = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-cp",
                        installation.flinkClassPath(),
                        "-d",
                        classes.toString(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(javac.getInputStream().readAllBytes(), UTF_8);
        assertThat(javac.onExit().join().exitValue()).as(output).isZero();
    }
}
