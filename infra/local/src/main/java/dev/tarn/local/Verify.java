package dev.tarn.local;

import dev.tarn.jobs.kafka.TopicSpec;
import dev.tarn.jobs.kafka.Topics;
import dev.tarn.jobs.options.AtLeastOne;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.jobs.options.OllamaOptions;
import dev.tarn.jobs.options.RedisOptions;
import dev.tarn.jobs.options.Timeout;
import dev.tarn.json.Json;
import dev.tarn.local.verify.Finding;
import dev.tarn.local.verify.Summary;
import dev.tarn.local.verify.Verification;
import dev.tarn.local.verify.VerifySettings;
import dev.tarn.text.VisibleText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tarn verify}. As JSON, each finding is a line with {@code kind}, {@code documentId}, {@code detail}, {@code
 * partition} and {@code offset}, and the line after them is the summary: {@code equal}, {@code records}, {@code documents} and
 * {@code findings}, which counts them by kind.
 */
@Command(
        name = "verify",
        description =
                "Compare the index with the documents topic, on a live system: exits with 0 only when they are equal.",
        mixinStandardHelpOptions = true)
final class Verify implements Callable<Integer> {
    @Option(
            names = "--repair",
            description =
                    "Mend what is found, then compare again: deliver records again, with their own places, and remove"
                            + " what the topic does not have.")
    private boolean repair;

    @Option(names = "--json", description = "Print findings and summary as JSON, one a line.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "The most findings that are printed; all are counted.",
            converter = AtLeastOne.class)
    private int limit;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "PT30S",
            description = "How long the index may take to come to where the topic ends now (ISO 8601).",
            converter = Timeout.class)
    private Duration wait;

    @Option(
            names = "--keys-in-memory",
            paramLabel = "N",
            defaultValue = "4000000",
            description =
                    "How many documents are kept in memory at once, 16 to 32 bytes each; where there are more, the"
                            + " topic is read several times.",
            converter = AtLeastOne.class)
    private int keysInMemory;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private RedisOptions redis = new RedisOptions();

    @Mixin
    private OllamaOptions ollama = new OllamaOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Topics.generation(kafka.settings(), kafka.documentsTopic); // a topic that is not there is not an empty one
        kafka.topics(List.of(TopicSpec.deadLetters(kafka.documentsDlqTopic(), kafka.documentsTopic)))
                .createMissing();
        VerifySettings settings = new VerifySettings(wait, keysInMemory);
        boolean equal = repair
                && run(
                        "Repairing",
                        (printer, progress) -> Verification.repair(
                                kafka,
                                redis.settings(1),
                                redis.engine(),
                                ollama.embedding(),
                                settings,
                                printer::print,
                                progress));
        return equal
                        || run(
                                "Verifying",
                                (printer, progress) ->
                                        Verification.run(kafka, redis.settings(1), settings, printer::print, progress))
                ? 0
                : 1;
    }

    private boolean run(String task, BiFunction<Printer, Verification.Progress, Summary> comparison) {
        PrintWriter out = spec.commandLine().getOut();
        Printer printer = new Printer(out);
        try (Progress bar = Progress.of(task, -1)) {
            Summary summary = comparison.apply(printer, (read, of) -> bar.at(read));
            printer.print(summary);
            out.flush();
            return summary.equal();
        }
    }

    private final class Printer {
        private final PrintWriter out;
        private int printed;

        Printer(PrintWriter out) {
            this.out = out;
        }

        void print(Finding finding) {
            if (printed++ >= limit) {
                return;
            }
            if (json) {
                out.println(Json.writeCompact(finding));
            } else {
                String place = finding.offset() == null
                        ? ""
                        : " (" + kafka.documentsTopic + "/" + finding.partition() + " offset " + finding.offset() + ")";
                out.printf(
                        "%-11s %s: %s%s%n",
                        finding.kind().text(),
                        finding.documentId() == null ? "(no id)" : VisibleText.line(finding.documentId()),
                        VisibleText.line(finding.detail()),
                        place);
            }
        }

        void print(Summary summary) {
            if (json) {
                out.println(Json.writeCompact(summary));
                return;
            }
            if (printed > limit) {
                out.println("... and " + (printed - limit) + " more; --limit shows them");
            }
            out.printf(
                    "%d records, %d documents: %s%n",
                    summary.records(),
                    summary.documents(),
                    summary.equal() ? "the index equals the topic" : kinds(summary.findings()));
            if (summary.findings().containsKey(Finding.Kind.PENDING.text())) {
                out.println("The index has not come to the end of the topic. Does the ingest job run?"
                        + " ./tarn status tells.");
            }
            if (summary.findings().containsKey(Finding.Kind.DEAD_LETTER.text())) {
                out.println("Publish a document again that was refused, or delete it, or mend the cause and run"
                        + " ./tarn dead-letters --replay.");
            }
        }

        private static String kinds(Map<String, Long> findings) {
            return findings.entrySet().stream()
                    .map(kind -> kind.getValue() + " " + kind.getKey())
                    .collect(Collectors.joining(", "));
        }
    }
}
