package dev.tarn.jobs.metrics;

import static dev.tarn.testing.Records.at;
import static dev.tarn.testing.Records.chunked;
import static dev.tarn.testing.Records.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.VectorIndex;
import dev.tarn.jobs.testing.FakeEmbedder;
import dev.tarn.jobs.testing.FakeGenerator;
import dev.tarn.jobs.testing.FakeIndex;
import dev.tarn.question.Filter;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import java.util.List;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;

class MeteredPortsTest {
    private final TransientFailure away = new TransientFailure("the server is away", null);

    private final MetricListener told = new MetricListener();
    private final Metrics metrics = Metrics.of(told.getMetricGroup());
    private final FakeEmbedder fake = new FakeEmbedder();
    private final MeteredEmbedder embedder = new MeteredEmbedder(fake, metrics);

    @Test
    void anEmbeddingCallTellsItsTimeAndItsTexts() {
        assertThat(embedder.embed(List.of("one", "two"))).hasSize(2);

        assertThat(histogram("embedBatch")).isEqualTo(1);
        assertThat(told.getHistogram("tarn", "embedBatch")
                        .orElseThrow()
                        .getStatistics()
                        .getMax())
                .isEqualTo(2);
        assertThat(histogram("embedMs")).isEqualTo(1);
        assertThat(retries("ollama")).isZero();
        assertThat(outage("ollama")).isZero();
    }

    @Test
    void aCallThatFailsForNowIsARetryAndAnOutageUntilOneSucceeds() {
        fake.fail(texts -> true, away);
        assertThatThrownBy(() -> embedder.embed(List.of("one"))).isSameAs(away);
        assertThatThrownBy(() -> embedder.embed(List.of("one"))).isSameAs(away);
        assertThat(retries("ollama")).isEqualTo(2);
        assertThat(outage("ollama")).isEqualTo(1);
        assertThat(histogram("embedMs")).isZero();

        fake.recover();
        embedder.embed(List.of("one"));
        assertThat(retries("ollama")).isEqualTo(2);
        assertThat(outage("ollama")).isZero();
    }

    @Test
    void aSystemThatRefusesAnInputIsThere() {
        fake.fail(texts -> true, away);
        assertThatThrownBy(() -> embedder.embed(List.of("one"))).isSameAs(away);
        PermanentFailure refusal = new PermanentFailure("too long");
        fake.fail(texts -> true, refusal);
        assertThatThrownBy(() -> embedder.embed(List.of("one"))).isSameAs(refusal);

        assertThat(outage("ollama")).isZero();
        assertThat(retries("ollama")).isEqualTo(1);
    }

    @Test
    void anIndexThatCannotBeOpenedIsAnOutageUntilItIs() {
        assertThatThrownBy(() -> metrics.system(OutsideSystem.REDIS).call(() -> {
                    throw away;
                }))
                .isSameAs(away);
        assertThat(outage("redis")).isEqualTo(1);
        assertThat(outage("ollama")).isZero();

        metrics.system(OutsideSystem.REDIS).call(FakeIndex::new);

        assertThat(outage("redis")).isZero();
        assertThat(retries("redis")).isEqualTo(1);
    }

    @Test
    void aPlanAndACommitTellTheirTimes() {
        FakeIndex index = new FakeIndex();
        VectorIndex metered = new MeteredIndex(index, metrics);
        ChunkedDocument document = chunked(at(1), document("a"), "one");
        metered.commit(new EmbeddedDocument(document, metered.plan(document), List.of()));
        metered.close();

        assertThat(histogram("planMs")).isEqualTo(1);
        assertThat(histogram("commitMs")).isEqualTo(1);
        assertThat(index.isClosed()).isTrue();
    }

    @Test
    void aGenerationTellsItsTimeAndItsTokens() {
        FakeGenerator generator = new FakeGenerator("Streams.");
        try (MeteredGenerator metered = new MeteredGenerator(generator, metrics)) {
            metered.check();
            Prompt prompt = Prompt.of(new Question("q", "Why?", "default", null, Filter.NONE, null), List.of());
            assertThat(metered.generate(prompt).text()).isEqualTo("Streams.");
        }

        assertThat(histogram("generateMs")).isEqualTo(1);
        assertThat(count("promptTokens")).isEqualTo(7);
        assertThat(count("generatedTokens")).isEqualTo(3);
        assertThat(generator.isClosed()).isTrue();
    }

    @Test
    void whatIsAskedForAgainIsTheSameMetric() {
        assertThat(metrics.counter(MetricName.DOCUMENTS, "indexed"))
                .isSameAs(metrics.counter(MetricName.DOCUMENTS, "indexed"))
                .isNotSameAs(metrics.counter(MetricName.DOCUMENTS, "deleted"));
        assertThat(metrics.histogram(MetricName.EMBED)).isSameAs(metrics.histogram(MetricName.EMBED));
        assertThat(metrics.system(OutsideSystem.REDIS)).isSameAs(metrics.system(OutsideSystem.REDIS));
    }

    @Test
    void aDeadLetterCountsOnceInAllAndOnceByItsReason() {
        metrics.deadLetter("JsonParseException");
        metrics.deadLetter("PermanentFailure");

        assertThat(count("deadLetters")).isEqualTo(2);
        assertThat(count("reason", "JsonParseException", "deadLetters")).isEqualTo(1);
    }

    private long histogram(String name) {
        return told.getHistogram("tarn", name).orElseThrow().getCount();
    }

    private long retries(String system) {
        return count("system", system, "retries");
    }

    private int outage(String system) {
        return told.<Integer>getGauge("tarn", "system", system, "outage")
                .map(gauge -> gauge.getValue())
                .orElse(0);
    }

    private long count(String... name) {
        String[] identifier = new String[name.length + 1];
        identifier[0] = "tarn";
        System.arraycopy(name, 0, identifier, 1, name.length);
        return told.getCounter(identifier).orElseThrow().getCount();
    }
}
