package dev.tarn.local;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.json.Json;
import dev.tarn.local.topics.Conversation;
import dev.tarn.question.Answer;
import dev.tarn.question.Clause;
import dev.tarn.question.Condition;
import dev.tarn.question.Filter;
import dev.tarn.question.Question;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tarn ask}. */
@Command(name = "ask", description = "Ask a question and wait for its answer.", mixinStandardHelpOptions = true)
final class Ask implements Callable<Integer> {
    @Parameters(paramLabel = "QUESTION", description = "The question.")
    private String question;

    @Option(names = "--collection", paramLabel = "NAME", description = "What is searched.")
    private String collection;

    @Option(names = "--top-k", paramLabel = "N", description = "The most passages that the answer may use.")
    private Integer topK;

    @Option(names = "--min-score", paramLabel = "COSINE", description = "The least similarity of a passage.")
    private Double minScore;

    @Option(
            names = "--filter",
            paramLabel = "FIELD=VALUE",
            description =
                    "Only documents with this metadata; a value is a range of numbers (2010..2020, 2010.., ..2020),"
                            + " JSON, or else a string. May be repeated.")
    private Map<String, String> filter = new HashMap<>();

    @Option(
            names = "--filter-json",
            paramLabel = "JSON",
            description = "The filter as the questions topic has it, with $and, $or and $not. Goes with --filter, too.")
    private String filterJson;

    @Option(names = "--json", description = "Print the answer's record.")
    private boolean json;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "PT5M",
            description = "How long to wait for the answer (ISO 8601).")
    private Duration patience;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailed {
        Question asked = new Question(UUID.randomUUID().toString(), question, collection, topK, filter(), minScore);
        kafka.topics(kafka.queryTopics()).createMissing();
        PrintWriter out = spec.commandLine().getOut();
        try (Conversation conversation = new Conversation(kafka)) {
            Answer answer = conversation
                    .ask(asked, patience)
                    .orElseThrow(() -> new CommandFailed("no answer came within " + patience.toSeconds()
                            + " s. Does the query job run? ./tarn status tells."));
            if (json) {
                out.println(new String(Json.write(answer), StandardCharsets.UTF_8));
                out.flush();
            } else {
                new Transcript(out).print(answer);
            }
            return answer.status() == Answer.Status.FAILED ? 1 : 0;
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("the question was refused: " + e.getMessage());
        }
    }

    private Filter filter() throws CommandFailed {
        Map<String, Condition> fields = new HashMap<>();
        for (Map.Entry<String, String> field : filter.entrySet()) {
            try {
                fields.put(field.getKey(), FilterValue.parse(field.getValue()));
            } catch (PermanentFailure e) {
                throw new CommandFailed("--filter " + field.getKey() + ": " + e.getMessage());
            }
        }
        if (filterJson == null) {
            return new Filter(fields);
        }
        try {
            Clause clause = Json.read(filterJson.getBytes(StandardCharsets.UTF_8), Filter.class)
                    .clause();
            return Filter.of(fields.isEmpty() ? clause : new Clause(fields, List.of(clause), List.of(), null));
        } catch (PermanentFailure e) {
            throw new CommandFailed("--filter-json: " + e.getMessage());
        }
    }
}
