package dev.tarn.jobs.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.jobs.testing.Collected;
import dev.tarn.jobs.testing.Feed;
import dev.tarn.jobs.testing.Flinks;
import dev.tarn.jobs.testing.Servers;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.Answer;
import dev.tarn.question.Answer.Status;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.FakeOllama;
import dev.tarn.testing.FakeOllama.Endpoint;
import dev.tarn.testing.Fault;
import dev.tarn.testing.Records;
import java.time.Duration;
import java.util.ArrayList;
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

class QueryJobTest {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = Flinks.cluster();

    @RegisterExtension
    final SharedObjectsExtension shared = SharedObjectsExtension.create();

    private static Servers servers;

    private Collected<Reply> answers;
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
        servers.index(
                "tarns", "A tarn is a mountain lake. Streams feed it.",
                "deltas", "A delta is where a river meets the sea.",
                "wells", "Ground water fills wells.");
        answers = Collected.in(shared);
        deadLetters = Collected.in(shared);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyQuestionIsAnsweredWithTheSourcesItRestsOn(int parallelism) throws Exception {
        List<SourceRecord> questions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            questions.add(QueryFixtures.question(i, "q" + i, "What is a tarn, mountain lake number " + i + "?"));
        }

        run(parallelism, questions);

        assertThat(answers.all()).hasSize(20).allSatisfy(reply -> {
            Answer answer = reply.answer();
            assertThat(answer.status()).isEqualTo(Status.ANSWERED);
            assertThat(answer.answer()).isEqualTo("A tarn is a mountain lake. [1]");
            Passage source = answer.sources().get(0);
            assertThat(source.citation()).isEqualTo(1);
            assertThat(source.documentId()).isEqualTo("tarns");
            assertThat(source.text()).isEqualTo("A tarn is a mountain lake. Streams feed it.");
            assertThat(answer.model()).isEqualTo(FakeOllama.CHAT_MODEL);
            assertThat(answer.embeddingModel()).isEqualTo(FakeOllama.EMBEDDING_MODEL);
            assertThat(answer.timings().totalMs())
                    .isGreaterThanOrEqualTo(answer.timings().generateMs());
            assertThat(reply.headers())
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(QueryFixtures.TRACE);
        });
        assertThat(answers.all()).extracting(reply -> reply.answer().id()).doesNotHaveDuplicates();
        assertThat(deadLetters.all()).isEmpty();
    }

    @Test
    void aQuestionThatNoDocumentIsNearToGetsNoAnswerAndAsksNoModel() throws Exception {
        run(1, List.of(QueryFixtures.question(0, "q", "Zebras?")));

        assertThat(onlyAnswer().status()).isEqualTo(Status.NO_ANSWER);
        assertThat(onlyAnswer().sources()).isEmpty();
        assertThat(servers.ollama().calls().count(Endpoint.CHAT)).isZero();
    }

    @Test
    void aQuestionThatTheModelCannotAnswerGetsNoAnswer() throws Exception {
        try (FakeOllama modest = FakeOllama.start()) {
            modest.replyWith(messages -> Prompt.NO_ANSWER);
            OllamaSettings chatModel = new OllamaSettings(modest.uri(), FakeOllama.CHAT_MODEL, Duration.ofSeconds(20));

            run(
                    1,
                    QueryFixtures.settings(servers, servers.embeddingModel(), chatModel),
                    List.of(QueryFixtures.question(0, "q", "What is a tarn?")));
        }

        assertThat(onlyAnswer().status()).isEqualTo(Status.NO_ANSWER);
        assertThat(onlyAnswer().sources()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aQuestionThatFailsLaterIsAnsweredAsFailedWithItsHeaders(int parallelism) throws Exception {
        servers.ollama().poison("poisoned", Fault.Status.REFUSES_INPUT);
        servers.ollama().fail(Endpoint.CHAT, Fault.Status.REFUSES_INPUT);

        run(
                parallelism,
                List.of(
                        QueryFixtures.question(0, "no-vector", "A poisoned question?"),
                        QueryFixtures.question(1, "no-text", "What is a tarn?")));

        assertThat(answers.all())
                .extracting(reply -> reply.answer().error())
                .containsExactlyInAnyOrder(
                        "embed: the model all-minilm refuses the input: HTTP 400",
                        "answer: the model llama3.2 refuses the input: HTTP 400");
        assertThat(answers.all()).allSatisfy(reply -> {
            assertThat(reply.answer().status()).isEqualTo(Status.FAILED);
            assertThat(reply.headers())
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(QueryFixtures.TRACE);
        });
        assertThat(deadLetters.all()).isEmpty();
    }

    @Test
    void aWrongFilterAndOneByAFieldThatNoDocumentHadAreAnsweredAsFailedWithTheReason() throws Exception {
        run(
                1,
                List.of(
                        QueryFixtures.traced(Records.record(0, "wrong", """
                                {"question": "What is a tarn?", "filter": {"$or": [{"week": {"least": 3}}]}}""")),
                        QueryFixtures.traced(Records.record(1, "unknown", """
                                {"question": "What is a tarn?", "filter": {"$not": {"week": 3}}}"""))));

        assertThat(answers.all())
                .extracting(reply -> reply.answer().error())
                .containsExactlyInAnyOrder(
                        "parse: a range has min and max, and nothing else in field [\"filter\"][\"$or\"][0][\"week\"]",
                        "retrieve: the filter asks for a metadata field that no document ever had: week");
        assertThat(answers.all()).allSatisfy(reply -> {
            assertThat(reply.answer().status()).isEqualTo(Status.FAILED);
            assertThat(reply.answer().question()).isEqualTo("What is a tarn?");
            assertThat(reply.headers())
                    .usingRecursiveFieldByFieldElementComparator()
                    .isEqualTo(QueryFixtures.TRACE);
        });
        assertThat(deadLetters.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRecordThatAsksNothingBecomesADeadLetterAsItCameAndHoldsUpNoOther(int parallelism) throws Exception {
        List<SourceRecord> bad = List.of(
                QueryFixtures.traced(Records.record(0, "q", "no JSON")),
                QueryFixtures.traced(Records.record(1, "q", null)),
                QueryFixtures.traced(Records.record(2, null, "{\"question\": \"Who?\"}")));
        List<SourceRecord> records = new ArrayList<>(bad);
        for (int i = 3; i < 9; i++) {
            records.add(QueryFixtures.question(i, "q" + i, "What is a delta?"));
        }

        run(parallelism, records);

        assertThat(answers.all()).hasSize(6);
        assertThat(deadLetters.all()).extracting(DeadLetter::stage).containsOnly("parse");
        assertThat(deadLetters.all())
                .extracting(DeadLetter::source)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrderElementsOf(bad);
    }

    @Test
    void everyRecordCanBeSerializedBetweenAnyTwoStages() throws Exception {
        StreamExecutionEnvironment flink = Flinks.environment(1);
        flink.configure(new Configuration().set(PipelineOptions.OPERATOR_CHAINING, false));
        servers.ollama().poison("poisoned", Fault.Status.REFUSES_INPUT);
        List<SourceRecord> records = List.of(
                QueryFixtures.traced(Records.record(0, "full", """
                        {"question": "What is a tarn?", "collection": "default", "topK": 1, "minScore": -1,
                         "filter": {"course": ["ds4300"], "$or": [{"course": "x"}, {"$not": {"course": "y"}}]}}
                        """)),
                QueryFixtures.question(1, "plain", "What is a tarn?"),
                QueryFixtures.question(2, "failed", "A poisoned question?"),
                QueryFixtures.question(3, "bad", ""));

        QueryJob.build(
                Feed.of(shared, records).into(flink), QueryFixtures.settings(servers), answers, answers, deadLetters);
        flink.execute();

        assertThat(answers.all())
                .extracting(reply -> reply.answer().status())
                .containsExactlyInAnyOrder(Status.NO_ANSWER, Status.ANSWERED, Status.FAILED);
        assertThat(deadLetters.all()).hasSize(1);
    }

    @Test
    void anIndexMadeByAnotherModelFailsTheJobAndSaysWhatDiffers() {
        servers.ollama().pull("other-embed");
        StreamExecutionEnvironment flink = Flinks.environment(1);
        QueryJob.build(
                Feed.held(shared, List.of(QueryFixtures.question(1, "q", "What is a tarn?")))
                        .into(flink),
                QueryFixtures.settings(servers, servers.model("other-embed"), servers.model(FakeOllama.CHAT_MODEL)),
                answers,
                answers,
                deadLetters);

        assertThatThrownBy(flink::execute)
                .hasStackTraceContaining(
                        "embedding model is all-minilm:latest in the index, but other-embed:latest in the settings");
    }

    private void run(int parallelism, List<SourceRecord> records) throws Exception {
        run(parallelism, QueryFixtures.settings(servers), records);
    }

    private void run(int parallelism, QuerySettings settings, List<SourceRecord> records) throws Exception {
        StreamExecutionEnvironment flink = Flinks.environment(parallelism);
        QueryJob.build(Feed.of(shared, records).into(flink), settings, answers, answers, deadLetters);
        flink.execute();
    }

    private Answer onlyAnswer() {
        assertThat(answers.all()).hasSize(1);
        assertThat(deadLetters.all()).isEmpty();
        return answers.all().get(0).answer();
    }
}
