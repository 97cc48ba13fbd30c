package dev.tarn.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.index.IndexEvent;
import dev.tarn.index.Receipt;
import dev.tarn.jobs.testing.Collected;
import dev.tarn.jobs.testing.Feed;
import dev.tarn.jobs.testing.Flinks;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.question.Passage;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.Calls;
import dev.tarn.testing.FakeOllama.Endpoint;
import dev.tarn.testing.Fault;
import dev.tarn.testing.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IngestJobTest {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Flinks.cluster();

    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    /** Texts that a task embeds to learn the dimension. */
    private static final int PROBES = 1;

    /** To Redis: four of the task, one of the progress, and the one that counts them. */
    private static final int CONNECTIONS = 6;

    private static Servers servers;

    private Collected<IndexEvent> events;
    private Collected<DeadLetter> deadLetters;

    @BeforeAll
    static void start() {
        servers = new Servers();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void reset() {
        servers.reset();
        events = Collected.in(shared);
        deadLetters = Collected.in(shared);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyDocumentBecomesAReceiptAndIsFound(int parallelism) throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            records.add(IngestFixtures.document(i, "d" + i, "topic" + i + " is described in document number " + i));
        }

        run(parallelism, records);

        assertThat(receipts()).hasSize(30).allSatisfy(receipt -> {
            assertThat(receipt.action()).isEqualTo(Receipt.Action.INDEXED);
            assertThat(receipt.chunks()).isEqualTo(1);
        });
        assertThat(receipts()).extracting(Receipt::documentId).doesNotHaveDuplicates();
        assertThat(deadLetters.all()).isEmpty();
        assertThat(servers.find("topic7").get(0).documentId()).isEqualTo("d7");
        assertThat(servers.find("topic7"))
                .extracting(Passage::documentId)
                .hasSize(30)
                .doesNotHaveDuplicates();
    }

    /** The model takes its time, so that documents wait, and go on together; alone, each takes five trips to Redis. */
    @Test
    void shortDocumentsShareCallsOfTheModelAndRoundTripsToRedis() throws Exception {
        List<SourceRecord> records = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.add(IngestFixtures.document(i, "d" + i, "Short document number " + i));
        }
        servers.ollama().fail(Endpoint.EMBED, new Fault.Delay(Duration.ofMillis(50)));
        long readsBefore = servers.readsOfRedis();
        long connectionsBefore = servers.connectionsOfRedis();

        run(1, records, IngestFixtures.settings(servers, servers.embeddingModel(), 32, 64));

        assertThat(receipts()).hasSize(200);
        Calls calls = servers.ollama().calls();
        assertThat(calls.embeddedTexts()).isEqualTo(200 + PROBES);
        assertThat(calls.mostAtOnce(Endpoint.EMBED)).isLessThanOrEqualTo(4);
        assertThat(calls.count(Endpoint.EMBED)).isLessThan(60);
        assertThat(Collections.max(calls.textsPerEmbedCall())).isBetween(16, 32);
        assertThat(servers.readsOfRedis() - readsBefore).isLessThan(500);
        assertThat(servers.connectionsOfRedis() - connectionsBefore).isLessThanOrEqualTo(CONNECTIONS);
    }

    @Test
    void aTextThatAnotherDocumentHadIsNotEmbeddedAgainAndTheReceiptSaysSo() throws Exception {
        run(1, List.of(IngestFixtures.document(0, "first", "The same text.")));
        servers.ollama().calls().reset();

        run(1, List.of(IngestFixtures.document(1, "second", "The same text.")));

        assertThat(servers.ollama().calls().embeddedTexts()).isEqualTo(PROBES);
        assertThat(receipts())
                .filteredOn(receipt -> receipt.documentId().equals("second"))
                .singleElement()
                .satisfies(receipt -> {
                    assertThat(receipt.embedded()).isZero();
                    assertThat(receipt.reused()).isEqualTo(1);
                });
        assertThat(servers.find("same")).extracting(Passage::documentId).containsExactlyInAnyOrder("first", "second");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theLatestRecordOfEachDocumentIsWhatIsFound(int parallelism) throws Exception {
        List<SourceRecord> records = List.of(
                IngestFixtures.document(0, "lake", "The old lake."),
                IngestFixtures.document(1, "river", "A river that dries up."),
                IngestFixtures.document(2, "pond", "A pond stays."),
                IngestFixtures.tombstone(3, "river"),
                IngestFixtures.document(4, "lake", "The new lake."),
                IngestFixtures.tombstone(5, "sea"),
                IngestFixtures.document(6, "pond", "A pond stays."),
                IngestFixtures.tombstone(7, "well"),
                IngestFixtures.document(8, "well", "The well is back."));

        run(parallelism, records);

        assertThat(servers.find("water"))
                .extracting(Passage::text)
                .containsExactlyInAnyOrder("The new lake.", "A pond stays.", "The well is back.");
        assertThat(receipts())
                .extracting(receipt -> receipt.source().offset())
                .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(deadLetters.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aBadRecordBecomesADeadLetterAsItCameAndHoldsUpNoOther(int parallelism) throws Exception {
        List<SourceRecord> bad = List.of(
                traced(Records.record(0, "not-json", "{")),
                traced(Records.record(1, null, "{\"text\": \"no key\"}")),
                traced(Records.record(2, null, null)),
                traced(Records.record(3, "no-text", "{\"title\": \"empty\"}")),
                traced(IngestFixtures.document(4, "refused", "poisoned text")));
        List<SourceRecord> records = new ArrayList<>(bad);
        for (int i = 5; i < 15; i++) {
            records.add(IngestFixtures.document(i, "good-" + i, "Text number " + i));
        }
        servers.ollama().poison("poisoned", Fault.Status.REFUSES_INPUT);

        run(parallelism, records);

        assertThat(receipts()).hasSize(10);
        assertThat(deadLetters.all())
                .extracting(DeadLetter::source)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrderElementsOf(bad);
        assertThat(deadLetters.all())
                .extracting(DeadLetter::stage)
                .containsExactlyInAnyOrder("parse", "parse", "parse", "parse", "embed");
    }

    @Test
    void theChunkThatTheModelRefusesIsFoundAndNamedInTheDeadLetterOfItsDocument() throws Exception {
        String paragraphs =
                "A paragraph of its own. ".repeat(40) + "It is poisoned. " + "Another paragraph. ".repeat(40);
        servers.ollama().poison("poisoned", Fault.Status.REFUSES_INPUT);

        run(1, List.of(IngestFixtures.document(0, "long", paragraphs)));

        assertThat(deadLetters.all())
                .singleElement()
                .satisfies(dead -> assertThat(dead.reason())
                        .matches("chunk [1-9][0-9]* \\(the first is 0\\): .*refuses.*")
                        .doesNotContain("poisoned"));
    }

    @Test
    void everyRecordCanBeSerializedBetweenAnyTwoStages() throws Exception {
        StreamExecutionEnvironment flink = Flinks.environment(1);
        flink.configure(new Configuration().set(PipelineOptions.OPERATOR_CHAINING, false));
        List<SourceRecord> records = List.of(
                traced(Records.record(0, "full", """
                        {"title": "A title", "text": "A text.", "contentType": "text/plain", "uri": "https://example.org",
                         "version": 7, "metadata": {"course": "ds4300", "week": 3, "draft": false, "tags": ["a", "b"]}}
                        """)),
                IngestFixtures.document(1, "plain", "Another text."),
                IngestFixtures.tombstone(2, "gone"),
                Records.record(3, "bad", "{}"));

        IngestJob.build(Feed.of(shared, records).into(flink), IngestFixtures.settings(servers), events, deadLetters);
        flink.execute();

        assertThat(receipts()).hasSize(3);
        assertThat(events.all())
                .filteredOn(event -> event.receipt().documentId().equals("full"))
                .flatExtracting(IndexEvent::headers)
                .extracting(SourceHeader::key)
                .containsExactly("traceparent");
        assertThat(deadLetters.all()).hasSize(1);
        assertThat(servers.find("text")).extracting(Passage::version).containsExactlyInAnyOrder(7L, null);
    }

    @Test
    void aTextThatIsIndexedIsNotEmbeddedAgain() throws Exception {
        run(1, List.of(IngestFixtures.document(0, "lake", "The lake.")));
        servers.ollama().calls().reset();

        run(1, List.of(IngestFixtures.document(1, "lake", "The lake.")));

        assertThat(servers.ollama().calls().embeddedTexts()).isEqualTo(PROBES);
        assertThat(receipts())
                .extracting(Receipt::action)
                .containsExactly(Receipt.Action.INDEXED, Receipt.Action.UNCHANGED);
    }

    @Test
    void anIndexMadeByAnotherModelFailsTheJobAndSaysWhatDiffers() throws Exception {
        run(1, List.of(IngestFixtures.document(0, "lake", "The lake.")));
        servers.ollama().pull("other-embed");
        StreamExecutionEnvironment flink = Flinks.environment(1);
        IngestJob.build(
                Feed.held(shared, List.of(IngestFixtures.document(1, "lake", "The lake.")))
                        .into(flink),
                IngestFixtures.settings(servers, servers.model("other-embed")),
                events,
                deadLetters);

        assertThatThrownBy(flink::execute)
                .hasStackTraceContaining(
                        "embedding model is all-minilm:latest in the index, but other-embed:latest in the settings")
                .hasStackTraceContaining("index the documents topic again");
    }

    @Test
    void aModelThatIsNotPulledFailsTheJobWithTheRemedy() {
        StreamExecutionEnvironment flink = Flinks.environment(1);
        IngestJob.build(
                Feed.held(shared, List.of(IngestFixtures.document(1, "lake", "The lake.")))
                        .into(flink),
                IngestFixtures.settings(servers, servers.model("missing-embed")),
                events,
                deadLetters);

        assertThatThrownBy(flink::execute).hasStackTraceContaining("ollama pull missing-embed");
    }

    private void run(int parallelism, List<SourceRecord> records) throws Exception {
        run(parallelism, records, IngestFixtures.settings(servers));
    }

    private void run(int parallelism, List<SourceRecord> records, IngestSettings settings) throws Exception {
        StreamExecutionEnvironment flink = Flinks.environment(parallelism);
        IngestJob.build(Feed.of(shared, records).into(flink), settings, events, deadLetters);
        flink.execute();
    }

    private static SourceRecord traced(SourceRecord record) {
        List<SourceHeader> headers =
                List.of(new SourceHeader("traceparent", new byte[] {0, -1, 7}), new SourceHeader("empty", null));
        return new SourceRecord(record.position(), record.key(), record.value(), headers);
    }

    private List<Receipt> receipts() {
        return events.all().stream().map(IndexEvent::receipt).toList();
    }
}
