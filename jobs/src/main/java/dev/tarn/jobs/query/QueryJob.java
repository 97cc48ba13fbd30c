package dev.tarn.jobs.query;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.flow.Recovery;
import dev.tarn.jobs.flow.Stages;
import dev.tarn.jobs.kafka.KafkaEnds;
import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.options.OptionDescription;
import dev.tarn.question.AskedQuestion;
import dev.tarn.question.EmbeddedQuestion;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.QuestionParser;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Answers the questions topic from the index.
 *
 * <pre>
 * questions ──► parse → embed* → retrieve* → answer* ───► answers
 *                 ├────────┴─────────┴──────────┴─ failed ──► answers
 *                 └─────────────────────────────────────────► questions.dlq
 * </pre>
 *
 * <p>Every record ends as an answer or a dead letter: who asked a question that can be read hears even of a failure, and of
 * a wrong filter.
 */
public final class QueryJob {
    /** The step that asks the chat model. */
    static final String ANSWER = "answer";

    /** Milliseconds: none, for somebody waits to hear of each failure. */
    private static final long BUFFER_TIMEOUT = 0;

    private QueryJob() {}

    /**
     * Builds the graph between its ends.
     *
     * @param failures where answers go that say what failed: a sink of their own, for the other one is in the stages' task
     */
    public static void build(
            DataStream<SourceRecord> questions,
            QuerySettings settings,
            Sink<Reply> answers,
            Sink<Reply> failures,
            Sink<DeadLetter> deadLetters) {
        SingleOutputStreamOperator<AskedQuestion> asked =
                Stages.sync(questions, "parse", () -> new ParseQuestion(settings.parser()), AskedQuestion.class);

        SingleOutputStreamOperator<EmbeddedQuestion> embedded = Stages.async(
                asked,
                "embed",
                (metrics, clients) -> EmbedQuestion.open(settings.embeddingModel(), metrics, clients),
                settings.embed(),
                Recovery.FROM_STATE,
                EmbeddedQuestion.class);

        SingleOutputStreamOperator<GroundedQuestion> grounded = Stages.async(
                embedded,
                "retrieve",
                (metrics, clients) -> RetrievePassages.open(settings, metrics, clients),
                settings.retrieve(),
                Recovery.FROM_STATE,
                GroundedQuestion.class);

        SingleOutputStreamOperator<Reply> answered = Stages.async(
                grounded,
                ANSWER,
                (metrics, clients) -> new MeteredAnswers(AnswerQuestion.open(settings, metrics, clients), metrics),
                settings.answer(),
                Recovery.FROM_STATE,
                Reply.class);

        QuestionParser parser = settings.parser();
        DataStream<DeadLetter> refused = asked.getSideOutput(Stages.DEAD_LETTERS);
        SingleOutputStreamOperator<DeadLetter> wrongFilters = refused.filter(
                        letter -> parser.parseUnfiltered(letter.source()).isPresent())
                .uid("wrong-filters")
                .name("wrong-filters");
        SingleOutputStreamOperator<DeadLetter> unreadable = refused.filter(
                        letter -> parser.parseUnfiltered(letter.source()).isEmpty())
                .uid("unreadable")
                .name("unreadable");

        SingleOutputStreamOperator<Reply> failed = wrongFilters
                .setBufferTimeout(BUFFER_TIMEOUT)
                .union(
                        embedded.setBufferTimeout(BUFFER_TIMEOUT).getSideOutput(Stages.DEAD_LETTERS),
                        grounded.setBufferTimeout(BUFFER_TIMEOUT).getSideOutput(Stages.DEAD_LETTERS),
                        answered.setBufferTimeout(BUFFER_TIMEOUT).getSideOutput(Stages.DEAD_LETTERS))
                .map(new FailedAnswer(
                        settings.chatModel().model(), settings.embeddingModel().model()))
                .uid("failed")
                .name("failed");

        answered.sinkTo(answers).uid("answers").name("answers");
        failed.sinkTo(failures).uid("failed-answers").name("failed-answers");
        unreadable.sinkTo(deadLetters).uid("dead-letters").name("dead-letters");
    }

    /** Every option of this job. */
    public static List<OptionDescription> options() {
        return JobOptions.describe(new QueryOptions(Map.of()));
    }

    /**
     * Reads the settings and runs the job on the cluster that executes it.
     *
     * @throws Misconfiguration when the arguments can't be used
     */
    public static void main(String[] arguments) throws Exception {
        Optional<QueryOptions> parsed = JobOptions.parse(new QueryOptions(System.getenv()), arguments);
        if (parsed.isEmpty()) {
            return;
        }
        QueryOptions options = parsed.get();
        StreamExecutionEnvironment flink = options.job.environment();
        betweenTopics(flink, options);
        options.kafka
                .topics(options.kafka.queryTopics())
                .prepare(
                        options.group,
                        options.answersDelivery == KafkaEnds.Delivery.EXACTLY_ONCE
                                ? KafkaEnds.transactionalIdPrefix(options.kafka.answersTopic)
                                : null);
        flink.execute("tarn-query");
    }

    /**
     * Builds the graph between its topics.
     *
     * @throws Misconfiguration when answers would wait for a checkpoint that never comes
     */
    static void betweenTopics(StreamExecutionEnvironment flink, QueryOptions options) {
        if (options.answersDelivery == KafkaEnds.Delivery.EXACTLY_ONCE
                && !flink.getCheckpointConfig().isCheckpointingEnabled()) {
            throw new Misconfiguration(
                    "--answers-delivery exactly-once publishes answers with checkpoints, and those are"
                            + " off. Set execution.checkpointing.interval in Flink's configuration.");
        }
        KafkaEnds kafka = KafkaEnds.of(options.kafka.settings());
        DataStream<SourceRecord> questions = flink.fromSource(
                        kafka.source(options.kafka.questionsTopic, options.group),
                        WatermarkStrategy.noWatermarks(),
                        "questions")
                .uid("questions");
        build(
                questions,
                options.settings(),
                kafka.answers(options.kafka.answersTopic, options.answersDelivery, options.group),
                kafka.failedAnswers(options.kafka.answersTopic, options.answersDelivery, options.group),
                kafka.deadLetters(options.kafka.questionsDlqTopic()));
    }
}
