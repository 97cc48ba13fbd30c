package dev.tarn.local;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.text.VisibleText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tarn dead-letters}. */
@Command(
        name = "dead-letters",
        description = "List the records that could not be processed, or send them back.",
        mixinStandardHelpOptions = true)
final class DeadLetters implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(500);

    @Option(
            names = "--replay",
            description = "Send each that was not sent back before to its topic, without the headers that say why it"
                    + " failed. A document that has a later record in its topic is left out, and so is what failed"
                    + " more than six days ago.")
    private boolean replay;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "With --replay: send what failed since then (2026-11-29T12:00:00Z), be it older than six days or"
                            + " sent back before. The next --replay goes on as if this one had not been.")
    private Instant since;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (since != null && !replay) {
            throw new ParameterException(spec.commandLine(), "--since is for --replay");
        }
        kafka.topics(kafka.topicSpecs()).createMissing();
        PrintWriter out = spec.commandLine().getOut();
        if (replay) {
            Replaying.Result result = new Replaying(kafka, since).run();
            out.println(result.sent() + " dead letters sent back");
            if (result.superseded() > 0) {
                out.println(result.superseded() + " superseded by a later record, not sent back");
            }
            if (result.cut() > 0) {
                out.println(result.cut() + " only the beginning of a record that was too large, not sent back");
            }
            if (result.old() > 0) {
                out.println(result.old() + " older than "
                        + (since == null
                                ? Replaying.TOLD.toDays()
                                        + " days, not sent back: Kafka may not know any more whether they"
                                        + " were before, or their document was deleted since. --since TIME sends them."
                                : since + ", not sent back"));
            }
        } else {
            out.println(list(List.of(kafka.documentsDlqTopic(), kafka.questionsDlqTopic()), out) + " dead letters");
        }
        out.flush();
        return 0;
    }

    private int list(List<String> topics, PrintWriter out) {
        int count = 0;
        try (TopicReader reader = TopicReader.fromBeginning(kafka.settings(), topics)) {
            while (!reader.caughtUp()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    print(record, out);
                    count++;
                }
            }
        }
        return count;
    }

    private static void print(ConsumerRecord<byte[], byte[]> record, PrintWriter out) {
        out.printf(
                "%s %s: %s: %s (%s/%s offset %s, %d bytes)%n",
                record.topic(),
                record.key() == null ? "(no key)" : shown(record.key()),
                header(record, DeadLetter.STAGE),
                header(record, DeadLetter.REASON),
                header(record, DeadLetter.SOURCE_TOPIC),
                header(record, DeadLetter.SOURCE_PARTITION),
                header(record, DeadLetter.SOURCE_OFFSET),
                record.value() == null ? 0 : record.value().length);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "?" : shown(header.value());
    }

    private static String shown(byte[] utf8) {
        return VisibleText.line(new String(utf8, StandardCharsets.UTF_8));
    }
}
