package dev.tarn.jobs.ingest;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ParsedDocument;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.IndexEvent;
import dev.tarn.jobs.flow.Recovery;
import dev.tarn.jobs.flow.Stages;
import dev.tarn.jobs.kafka.KafkaEnds;
import dev.tarn.jobs.options.JobOptions;
import dev.tarn.jobs.options.OptionDescription;
import dev.tarn.source.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Keeps the index equal to the documents topic.
 *
 * <pre>
 * documents ──► parse → chunk → embed* → index* ──► index-events
 *    ▲            └───────┴────────┴───────┴──────► documents.dlq
 *    └─────────────────── progress ◄── all that ends
 * </pre>
 *
 * <p>The graph has no keyed state and no shuffle. Records of one document may overtake each other in the asynchronous
 * stages (*), and come again after a failure; the index decides by their positions which of them is the latest. The index
 * also keeps how far it has come; where that is behind what Flink has read, the source begins there.
 */
public final class IngestJob {
    private IngestJob() {}

    /** Builds the graph between its ends. */
    public static void build(
            DataStream<SourceRecord> documents,
            IngestSettings settings,
            Sink<IndexEvent> events,
            Sink<DeadLetter> deadLetters) {
        SingleOutputStreamOperator<ParsedDocument> parsed =
                Stages.sync(documents, "parse", () -> new ParseDocument(settings.parser()), ParsedDocument.class);

        SingleOutputStreamOperator<ChunkedDocument> chunked = Stages.sync(
                parsed, "chunk", () -> new ChunkDocument(new Chunker(settings.chunking())), ChunkedDocument.class);

        SingleOutputStreamOperator<EmbeddedDocument> embedded = Stages.async(
                chunked,
                "embed",
                (metrics, clients) -> EmbedDocument.open(settings, metrics, clients),
                settings.embed(),
                Recovery.FROM_SOURCE,
                EmbeddedDocument.class);

        SingleOutputStreamOperator<IndexEvent> indexed = Stages.async(
                embedded,
                "index",
                (metrics, clients) ->
                        new ReceiptEvents(new IndexDocument(EmbedDocument.open(settings, metrics, clients)), metrics),
                settings.index(),
                Recovery.FROM_SOURCE,
                IndexEvent.class);

        indexed.sinkTo(events).uid("index-events").name("index-events");

        DataStream<DeadLetter> dead = parsed.getSideOutput(Stages.DEAD_LETTERS)
                .union(
                        chunked.getSideOutput(Stages.DEAD_LETTERS),
                        embedded.getSideOutput(Stages.DEAD_LETTERS),
                        indexed.getSideOutput(Stages.DEAD_LETTERS));
        dead.sinkTo(deadLetters).uid("dead-letters").name("dead-letters");

        DataStream<Done> done = indexed.map(event -> Done.of(event.receipt()))
                .uid("indexed")
                .name("indexed")
                .union(dead.map(Done::of).uid("dead").name("dead"));
        done.transform("progress", TypeInformation.of(Done.class), new AdvanceProgress(settings.progress()))
                .uid("progress");
    }

    /** Every option of this job. */
    public static List<OptionDescription> options() {
        return JobOptions.describe(new IngestOptions(Map.of()));
    }

    /**
     * Reads the settings and runs the job on the cluster that executes it.
     *
     * @throws dev.tarn.failure.Misconfiguration when the arguments can't be used
     */
    public static void main(String[] arguments) throws Exception {
        Optional<IngestOptions> parsed = JobOptions.parse(new IngestOptions(System.getenv()), arguments);
        if (parsed.isEmpty()) {
            return;
        }
        IngestOptions options = parsed.get();
        StreamExecutionEnvironment flink = options.job.environment();
        // The progress counts on it: an unaligned checkpoint would bring back what was said to be done before it.
        flink.getCheckpointConfig().enableUnalignedCheckpoints(false);
        betweenTopics(flink, options);
        options.kafka.topics(options.kafka.ingestTopics()).prepare(options.group, null);
        flink.execute("tarn-ingest");
    }

    /** Builds the graph between its topics. */
    static void betweenTopics(StreamExecutionEnvironment flink, IngestOptions options) {
        KafkaEnds kafka = KafkaEnds.of(options.kafka.settings());
        IngestSettings settings = options.settings();
        DataStream<SourceRecord> documents = flink.fromSource(
                        kafka.source(options.kafka.documentsTopic, options.group, settings.progress()),
                        IngestionTime.watermarks(),
                        "documents")
                .uid("documents");
        build(
                documents,
                settings,
                kafka.indexEvents(options.kafka.indexEventsTopic),
                kafka.deadLetters(options.kafka.documentsDlqTopic()));
    }
}
