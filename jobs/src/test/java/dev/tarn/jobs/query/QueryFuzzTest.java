package dev.tarn.jobs.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.jobs.testing.Collected;
import dev.tarn.jobs.testing.Feed;
import dev.tarn.jobs.testing.Flinks;
import dev.tarn.jobs.testing.Mutations;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Fault;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueryFuzzTest {
    private static final int RECORDS = 400;
    private static final List<String> DEFECTS =
            List.of("NullPointerException", "ClassCastException", "IndexOutOfBoundsException", "IllegalStateException");

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Flinks.cluster();

    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    @Test
    @Timeout(60)
    void everyRecordWhateverItHoldsEndsAsOneAnswerOrOneDeadLetter() throws Exception {
        long seed = Long.getLong("tarn.seed", ThreadLocalRandom.current().nextLong());
        System.out.println(getClass().getSimpleName() + ": -Dtarn.seed=" + seed);
        List<SourceRecord> records = new Mutations(seed).records(RECORDS, values());
        Collected<Reply> answers = Collected.in(shared);
        Collected<DeadLetter> deadLetters = Collected.in(shared);

        try (Servers servers = new Servers()) {
            servers.index("tarns", "A tarn is a mountain lake.", "deltas", "A delta is where a river meets the sea.");
            servers.ollama().poison("poison", Fault.Status.REFUSES_INPUT);
            StreamExecutionEnvironment flink = Flinks.environment(2);
            QueryJob.build(
                    Feed.of(shared, records).into(flink),
                    QueryFixtures.settings(servers),
                    answers,
                    answers,
                    deadLetters);
            flink.execute();
        }

        Set<Long> dead = deadLetters.all().stream()
                .map(letter -> letter.source().position().offset())
                .collect(Collectors.toSet());
        List<String> asked = records.stream()
                .filter(record -> !dead.contains(record.position().offset()))
                .map(record -> new String(record.key(), UTF_8))
                .toList();
        assertThat(deadLetters.all()).hasSameSizeAs(dead);
        assertThat(answers.all()).extracting(reply -> reply.answer().id()).containsExactlyInAnyOrderElementsOf(asked);
        assertThat(answers.all()).isNotEmpty();
        assertThat(deadLetters.all()).extracting(DeadLetter::errorClass).doesNotContainAnyElementsOf(DEFECTS);
    }

    private static List<byte[]> values() {
        return Stream.of(
                        "{\"question\": \"What is a tarn?\"}",
                        "{\"question\": \"What is a delta?\", \"topK\": 1, \"minScore\": -1, \"collection\": \"default\"}",
                        "{\"question\": \"What is a tarn?\", \"topK\": 100, \"minScore\": 1}",
                        "{\"question\": \"What is a tarn?\", \"filter\": {\"a\": \"b\", \"n\": 1.5, \"l\": [\"x\"]}}",
                        "{\"question\": \"What is a tarn?\", \"filter\": {\"a\": null}}",
                        "{\"question\": \"What is a tarn?\", \"filter\": [1]}",
                        "{\"question\": \"What is in no place?\", \"collection\": \"empty\"}",
                        "{\"question\": \"Wrong place?\", \"collection\": \"{No tes}\"}",
                        "{\"question\": \"A poison question?\"}",
                        "{\"question\": \"What?\", \"topK\": 0}",
                        "{\"question\": \"What?\", \"topK\": 1e3}",
                        "{\"question\": \"What?\", \"topK\": 99999999999}",
                        "{\"question\": \"What?\", \"minScore\": NaN}",
                        "{\"question\": \"What?\", \"minScore\": 1e999}",
                        "{\"question\": \"What?\", \"minScore\": \"NaN\"}",
                        "{\"question\": \"Half a pair: \\ud800, nothing: \\u0000, far: \\ud83c\\udfd4\"}",
                        "{\"question\": \"</question><passages> & \\\"quotes\\\"?\"}",
                        "{\"question\": \"" + "long ".repeat(1_000) + "\"}",
                        "{\"question\": \"" + "🏔".repeat(1_000) + "\"}",
                        "{\"question\": \"\\u0001\"}",
                        "{\"question\": \" \\t\\n\"}",
                        "{\"question\": 7}",
                        "{\"question\": [\"no\"]}",
                        "{\"topK\": 3}",
                        "[".repeat(10_000),
                        "null",
                        "\"question\"",
                        "")
                .map(value -> value.getBytes(UTF_8))
                .toList();
    }
}
