package dev.tarn.local;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.input.DocumentReader;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.input.InputException;
import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.stack.PreferredPorts;
import dev.tarn.local.topics.Conversation;
import dev.tarn.question.Answer;
import dev.tarn.question.Filter;
import dev.tarn.question.Question;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tarn demo}. */
@Command(
        name = "demo",
        description = "Start a stack, publish the course notes, ask three questions, and stop everything.",
        footer = {
            "",
            "TARN_KAFKA, TARN_REDIS and TARN_FLINK count for nothing here: the notes belong into no cluster of yours."
        },
        mixinStandardHelpOptions = true)
final class Demo implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** It publishes: never where the environment points to. */
    static final Set<String> COMMAND_LINE_ONLY = Set.of("--kafka", "--redis", "--flink");

    static final List<String> QUESTIONS = List.of(
            "What is the purpose of data replication?",
            "Explain key-value databases with examples.",
            "How does the AVL tree maintain balance?");

    @Mixin
    private StackOptions options = new StackOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, CommandFailed {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        DataFolder data = new DataFolder(Folders.home().resolve(".tarn-demo"));
        data.clean();
        Stopwatch total = Stopwatch.start();
        Stopwatch starting = Stopwatch.start();
        try (LocalTarn tarn = LocalTarn.start(options, data.root(), PreferredPorts.ANY, err::println)) {
            String started = starting.seconds();
            KafkaOptions kafka = tarn.kafkaOptions();

            Stopwatch publishing = Stopwatch.start();
            boolean indexed = publishNotes(kafka, out, err);
            String published = publishing.seconds();
            if (!indexed) {
                throw new CommandFailed("the notes did not reach the index");
            }

            out.println();
            if (tarn.answersByStandIn()) {
                out.println("No Ollama answers here, so nothing is written by a language model: the stand-in model '"
                        + tarn.chatModel() + "' answers with sentences of the notes.");
                out.println();
            }
            Stopwatch asking = Stopwatch.start();
            try (Conversation conversation = new Conversation(kafka)) {
                for (int i = 0; i < QUESTIONS.size(); i++) {
                    Answer answer = ask(conversation, "demo-" + i, QUESTIONS.get(i));
                    new Transcript(out).print(answer);
                    if (answer.status() == Answer.Status.FAILED) {
                        throw new CommandFailed("a question was not answered: " + answer.error());
                    }
                }
            }
            out.printf(
                    "Stack ready after %s s, %d notes indexed in %s s, %d questions answered in %s s, %s s in all.%n",
                    started,
                    DocumentReader.count(Folders.notes()),
                    published,
                    QUESTIONS.size(),
                    asking.seconds(),
                    total.seconds());
            out.flush();
        }
        return 0;
    }

    private static boolean publishNotes(KafkaOptions kafka, PrintWriter out, PrintWriter err) throws IOException {
        try (Publishing publishing = new Publishing(kafka, true)) {
            new DocumentReader(null).read(Folders.notes(), Folders.notes(), new DocumentReader.Handler() {
                @Override
                public void document(InputDocument document) {
                    publishing.send(document.id(), document.json());
                }

                @Override
                public void refused(InputException refusal) {
                    err.println("not published: " + refusal.getMessage());
                }
            });
            return publishing.finish(PATIENCE, out, err);
        }
    }

    private static Answer ask(Conversation conversation, String id, String question) throws CommandFailed {
        return conversation
                .ask(new Question(id, question, null, null, Filter.NONE, null), PATIENCE)
                .orElseThrow(() -> new CommandFailed("no answer came within " + PATIENCE.toMinutes() + " minutes"));
    }
}
