package dev.tarn.jobs.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.index.IndexEvent;
import dev.tarn.jobs.testing.Collected;
import dev.tarn.jobs.testing.Feed;
import dev.tarn.jobs.testing.Flinks;
import dev.tarn.jobs.testing.Mutations;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.source.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class IngestFuzzTest {
    private static final int RECORDS = 400;
    private static final List<String> DEFECTS =
            List.of("NullPointerException", "ClassCastException", "IndexOutOfBoundsException", "IllegalStateException");

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Flinks.cluster();

    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    @Test
    @Timeout(60)
    void everyRecordWhateverItHoldsEndsAsOneReceiptOrOneDeadLetter() throws Exception {
        long seed = Long.getLong("tarn.seed", ThreadLocalRandom.current().nextLong());
        System.out.println(getClass().getSimpleName() + ": -Dtarn.seed=" + seed);
        List<SourceRecord> records = new ArrayList<>(new Mutations(seed).records(RECORDS, values()));
        records.add(IngestFixtures.document(RECORDS, "huge", "All about replication of data. ".repeat(2 << 20 >> 5)));
        Collected<IndexEvent> events = Collected.in(shared);
        Collected<DeadLetter> deadLetters = Collected.in(shared);

        try (Servers servers = new Servers()) {
            StreamExecutionEnvironment flink = Flinks.environment(2);
            IngestJob.build(
                    Feed.of(shared, records).into(flink), IngestFixtures.settings(servers), events, deadLetters);
            flink.execute();
        }

        List<Long> ended = Stream.concat(
                        events.all().stream()
                                .map(event -> event.receipt().source().offset()),
                        deadLetters.all().stream()
                                .map(dead -> dead.source().position().offset()))
                .toList();
        assertThat(ended)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(0, RECORDS).boxed().toList());
        assertThat(events.all()).isNotEmpty();
        assertThat(deadLetters.all()).extracting(DeadLetter::errorClass).doesNotContainAnyElementsOf(DEFECTS);
        assertThat(deadLetters.all())
                .allSatisfy(dead -> assertThat(dead.source().value())
                        .isEqualTo(records.get((int) dead.source().position().offset())
                                .value()));
    }

    private static List<byte[]> values() {
        return Stream.of(
                        "{\"text\": \"A tarn is a mountain lake.\"}",
                        "{\"text\": \"Streams feed it.\", \"title\": \"Tarns\", \"uri\": \"u\", \"contentType\": \"t\"}",
                        "{\"text\": \"A first version.\", \"version\": 1}",
                        "{\"text\": \"A later version.\", \"version\": 2, \"more\": {\"fields\": [1, null]}}",
                        "{\"text\": \"In another place.\", \"collection\": \"notes\"}",
                        "{\"text\": \"Wrong place.\", \"collection\": \"{No tes}\"}",
                        "{\"text\": \"About.\", \"metadata\": {\"a\": \"b\", \"n\": 1.50, \"f\": true, \"l\": [\"x\"]}}",
                        "{\"text\": \"About.\", \"metadata\": {\"n\": 1e99999}}",
                        "{\"text\": \"About.\", \"metadata\": {\"n\": null}}",
                        "{\"text\": \"About.\", \"metadata\": {\"l\": [1]}}",
                        "{\"text\": \"About.\", \"metadata\": {\"n\": NaN}}",
                        "{\"text\": \"About.\", \"version\": 99999999999999999999}",
                        "{\"text\": \"Half a pair: \\ud800, nothing: \\u0000, far: \\ud83c\\udfd4\"}",
                        "{\"text\": \"🏔\", \"title\": \"" + "🏔".repeat(300) + "\"}",
                        "{\"text\": \"" + "🏔".repeat(300) + "\"}",
                        "{\"text\": \"" + "nospaceatall".repeat(100) + "\"}",
                        "{\"text\": \"" + "1.25,".repeat(20_000) + "\"}",
                        "{\"text\": \"\\u0001\"}",
                        "{\"text\": \" \\t\\n\"}",
                        "{\"text\": 7}",
                        "{\"text\": [\"no\"]}",
                        "{\"title\": \"no text\"}",
                        "[".repeat(10_000),
                        "{\"text\": \"deep\", \"x\": " + "[".repeat(100) + "]".repeat(100) + "}",
                        "null",
                        "\"text\"",
                        "")
                .map(value -> value.getBytes(UTF_8))
                .toList();
    }
}
