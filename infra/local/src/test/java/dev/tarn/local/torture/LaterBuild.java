package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The jar of the jobs as a later release could be: each job has a step more, and a record that the query job keeps in its
 * state has a component more.
 */
final class LaterBuild {
    private static final String STEP = ".map(each -> each).returns(%s.class).uid(\"later\").name(\"later\")";
    private static final List<Change> CHANGES = List.of(
            new Change(
                    "jobs/src/main/java/dev/tarn/jobs/ingest/IngestJob.java",
                    ".sinkTo(events)",
                    STEP.formatted("IndexEvent") + ".sinkTo(events)"),
            new Change(
                    "jobs/src/main/java/dev/tarn/jobs/query/QueryJob.java",
                    ".sinkTo(answers)",
                    STEP.formatted("Reply") + ".sinkTo(answers)"),
            new Change(
                    "common/src/main/java/dev/tarn/question/GroundedQuestion.java",
                    "long retrieveMs)\n        implements Sourced {",
                    """
                    long retrieveMs, String language) implements Sourced {
                        public GroundedQuestion(
                                AskedQuestion asked, List<Passage> passages, long embedMs, long retrieveMs) {
                            this(asked, passages, embedMs, retrieveMs, null);
                        }
                    """));

    private LaterBuild() {}

    /** What a source file says, and what it says later. */
    private record Change(String file, String now, String later) {

        Path write(Path folder) throws IOException {
            Path source = Testbeds.HOME.resolve(file);
            String text = Files.readString(source);
            assertThat(text).as(file).containsOnlyOnce(now);
            return Files.writeString(folder.resolve(source.getFileName()), text.replace(now, later));
        }
    }

    /** Makes the jar in a folder of its own. */
    static Path in(Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(sources, classes);
        Path jar = Files.copy(Testbeds.JAR, folder.resolve("tarn-jobs-later.jar"));
        try (FileSystem inside = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path place = inside.getPath(classes.relativize(file).toString());
                assertThat(place).exists();
                Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return jar;
    }

    private static void compile(Path sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> libraries = Files.list(FlinkCli.LIBRARIES)) {
            String classPath = Stream.concat(Stream.of(Testbeds.JAR), libraries)
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
            List<Path> changed = new ArrayList<>();
            for (Change change : CHANGES) {
                changed.add(change.write(sources));
            }
            List<String> options = List.of("-proc:none", "--release", "17", "-cp", classPath, "-d", classes.toString());
            boolean compiled = compiler.getTask(
                            messages, files, null, options, null, files.getJavaFileObjectsFromPaths(changed))
                    .call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }
}
