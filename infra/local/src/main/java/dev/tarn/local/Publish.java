package dev.tarn.local;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.input.DocumentReader;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.input.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tarn publish}. */
@Command(
        name = "publish",
        description = "Publish documents: Markdown and text files, folders of them, and JSON lines.",
        mixinStandardHelpOptions = true)
final class Publish implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "A file (.md, .txt, .jsonl), a folder of such files, or - for JSON lines from standard input."
                    + " A file's id is its path below the folder, or its name where it is named itself, without the"
                    + " ending.")
    private List<Path> paths;

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "The collection of documents that don't name one.")
    private String collection;

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, CommandFailed {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        requireReadable();
        long expected = count();
        try (Publishing publishing = new Publishing(kafka, waiting.wait)) {
            Sender sender = new Sender(publishing, err);
            send(sender, expected);
            boolean arrived = publishing.finish(waiting.patience, out, err);
            out.flush();
            return arrived && sender.refused == 0 ? 0 : 1;
        }
    }

    private void requireReadable() throws CommandFailed {
        for (Path path : paths) {
            if (!path.equals(STANDARD_INPUT) && !Files.isReadable(path)) {
                throw new CommandFailed("there is no file or folder " + path + " that can be read");
            }
        }
    }

    /** How many documents there are, or -1 where standard input tells. */
    private long count() throws IOException, CommandFailed {
        if (paths.contains(STANDARD_INPUT)) {
            return -1;
        }
        long documents = 0;
        for (Path path : paths) {
            documents += DocumentReader.count(path);
        }
        if (documents == 0) {
            throw new CommandFailed("there is no document in "
                    + paths.stream().map(Path::toString).collect(Collectors.joining(", "))
                    + ": of a folder the .md, .markdown, .txt and .jsonl files are read");
        }
        return documents;
    }

    private void send(Sender sender, long expected) throws IOException {
        DocumentReader reader = new DocumentReader(collection);
        try (Progress progress = Progress.of("Publishing", expected)) {
            sender.progress = progress;
            for (Path path : paths) {
                if (path.equals(STANDARD_INPUT)) {
                    reader.readLines("standard input", System.in, sender);
                } else {
                    reader.read(path, path, sender);
                }
            }
        }
    }

    private static final class Sender implements DocumentReader.Handler {
        private final Publishing publishing;
        private final PrintWriter err;
        private Progress progress;
        private int read;
        private int refused;

        Sender(Publishing publishing, PrintWriter err) {
            this.publishing = publishing;
            this.err = err;
        }

        @Override
        public void document(InputDocument document) {
            publishing.send(document.id(), document.json());
            progress.at(++read);
        }

        @Override
        public void refused(InputException refusal) {
            err.println("not published: " + refusal.getMessage());
            refused++;
        }
    }
}
