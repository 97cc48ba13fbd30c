package dev.tarn.local;

import dev.tarn.failure.PermanentFailure;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.json.Json;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.question.Answer;
import dev.tarn.text.VisibleText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tarn answers}. */
@Command(name = "answers", description = "Print the answers topic.", mixinStandardHelpOptions = true)
final class Answers implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    @Option(names = "--follow", description = "Go on with answers as they come, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--json", description = "Print the records, one a line.")
    private boolean json;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        kafka.topics(kafka.queryTopics()).createMissing();
        PrintWriter out = spec.commandLine().getOut();
        Transcript transcript = new Transcript(out);
        try (TopicReader reader = TopicReader.fromBeginning(kafka.settings(), List.of(kafka.answersTopic))) {
            while ((follow || !reader.caughtUp()) && !out.checkError()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    if (record.value() == null) {
                        continue;
                    }
                    if (json) {
                        out.println(new String(record.value(), StandardCharsets.UTF_8));
                        out.flush();
                    } else {
                        print(record, transcript);
                    }
                }
            }
        }
        return 0;
    }

    /** Who may write to the topic may write anything there; the answers after it are shown all the same. */
    private void print(ConsumerRecord<byte[], byte[]> record, Transcript transcript) {
        Answer answer;
        try {
            answer = Json.read(record.value(), Answer.class);
        } catch (PermanentFailure e) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "not an answer: %s/%d offset %d: %s%n",
                            record.topic(), record.partition(), record.offset(), VisibleText.line(e.getMessage()));
            return;
        }
        transcript.print(answer);
    }
}
