package dev.tarn.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Document;
import dev.tarn.document.MetadataValue;
import dev.tarn.document.ParsedDocument;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.IndexEvent;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.question.Answer;
import dev.tarn.question.AskedQuestion;
import dev.tarn.question.Clause;
import dev.tarn.question.Condition;
import dev.tarn.question.EmbeddedQuestion;
import dev.tarn.question.Filter;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Passage;
import dev.tarn.question.Question;
import dev.tarn.question.Reply;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record that crosses an edge, or lies in a checkpoint. */
class SerializationTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final String TEXT = "Täglich 🏔 \0 \ud800 half a pair";
    private static final SourcePosition POSITION =
            new SourcePosition("documents", "generation", 3, Long.MAX_VALUE, TIME);
    private static final SourceRecord RECORD = new SourceRecord(
            POSITION,
            new byte[] {0, -1},
            new byte[] {1, 2, 3},
            List.of(new SourceHeader("traceparent", new byte[] {9}), new SourceHeader("empty", null)));
    private static final SourceRecord SENT_BACK = new SourceRecord(POSITION, POSITION, null, null, List.of());
    private static final SourceRecord TOMBSTONE = new SourceRecord(POSITION, null, null, List.of());
    private static final Map<String, MetadataValue> METADATA = Map.of(
            "course", MetadataValue.of("ds4300"),
            "week", MetadataValue.of(new BigDecimal("3.5e100")),
            "draft", MetadataValue.of(false),
            "tags", MetadataValue.of(List.of("a", "b")));
    private static final Document DOCUMENT =
            new Document("id", "title", TEXT, "text/plain", "https://example.org", "default", -7L, METADATA);
    private static final Document BARE = new Document("id", null, null, null, null, "default", null, Map.of());
    private static final ChunkedDocument CHUNKED =
            new ChunkedDocument(RECORD, "id", DOCUMENT, List.of(new Chunk(0, "hash", TEXT, "title\n\n" + TEXT)));
    private static final ChunkedDocument DELETED = new ChunkedDocument(TOMBSTONE, "id", null, List.of());
    private static final Plan PLAN = new Plan(
            Plan.State.WRITE, 12, Map.of("hash", "element"), Map.of("element", "default"), Map.of("old", "notes"));
    private static final Plan NOTHING = new Plan(Plan.State.SUPERSEDED, 0, Map.of(), Map.of(), Map.of());
    private static final EmbeddedDocument EMBEDDED = new EmbeddedDocument(
            CHUNKED, PLAN, List.of(new float[] {1, Float.MIN_VALUE, -0.0f, Float.NaN}, new float[] {2}));
    private static final Filter FILTER = new Filter(Map.of(
            "course",
            Condition.of(MetadataValue.of("ds4300")),
            "week",
            Condition.between(new BigDecimal("3.5e100"), null),
            "year",
            Condition.anyOf(List.of(BigDecimal.ONE, BigDecimal.TEN))));
    private static final Filter TREE =
            Filter.of(new Clause(FILTER.fields(), List.of(), List.of(FILTER.clause()), FILTER.clause()));
    private static final AskedQuestion TREE_ASKED =
            new AskedQuestion(RECORD, new Question("q", TEXT, "default", 4, TREE, 0.3), TIME);
    private static final AskedQuestion ASKED =
            new AskedQuestion(RECORD, new Question("q", TEXT, "default", 4, FILTER, 0.3), TIME);
    private static final AskedQuestion BARELY_ASKED =
            new AskedQuestion(RECORD, new Question("q", TEXT, "default", null, Filter.NONE, null), TIME);
    private static final Passage PASSAGE = new Passage(1, "id", 7L, "element", "title", "uri", 0.83, TEXT);
    private static final Passage BARE_PASSAGE = new Passage(2, "id", null, "element", null, null, -1, TEXT);
    private static final EmbeddedQuestion EMBEDDED_QUESTION = new EmbeddedQuestion(ASKED, new float[] {1, -1}, 9);
    private static final GroundedQuestion GROUNDED =
            new GroundedQuestion(BARELY_ASKED, List.of(PASSAGE, BARE_PASSAGE), 9, 3);
    private static final Reply ANSWERED = new Reply(
            new Answer(
                    "q",
                    TEXT,
                    Answer.Status.ANSWERED,
                    "yes [1]",
                    List.of(
                            new Answer.Statement("yes", List.of(1, 2), 0.9, true),
                            new Answer.Statement("no", List.of(), null, false)),
                    1.13,
                    List.of(PASSAGE, BARE_PASSAGE),
                    "llama3.2",
                    "all-minilm",
                    null,
                    new Answer.Timings(1, 2, 3, 4, Long.MAX_VALUE),
                    new Answer.Tokens(611, null),
                    TIME),
            RECORD.headers());
    private static final Reply FAILED = new Reply(
            new Answer(
                    "q",
                    TEXT,
                    Answer.Status.FAILED,
                    null,
                    List.of(),
                    null,
                    List.of(),
                    null,
                    "m",
                    "embed: why",
                    null,
                    null,
                    TIME),
            List.of());
    private static final Receipt RECEIPT = new Receipt(
            "id", "default", 7L, Receipt.Action.INDEXED, 3, 2, 1, 4, Receipt.Source.of(POSITION), TIME, TIME);
    private static final Receipt BARE_RECEIPT =
            new Receipt("id", null, null, Receipt.Action.DELETED, 0, 0, 0, 0, Receipt.Source.of(POSITION), TIME, TIME);
    private static final DeadLetter DEAD = new DeadLetter(RECORD, "embed", "why", "PermanentFailure");

    @ParameterizedTest
    @MethodSource
    void aRecordIsTheSameAfterAnEdgeAndNeedsNoKryo(Sample<?> sample) throws IOException {
        sample.requireItSurvives();
    }

    static Stream<Named<Sample<?>>> aRecordIsTheSameAfterAnEdgeAndNeedsNoKryo() {
        return Stream.of(
                        sample(SourceRecord.class, List.of(RECORD, TOMBSTONE, SENT_BACK)),
                        sample(
                                ParsedDocument.class,
                                List.of(
                                        new ParsedDocument(RECORD, "id", DOCUMENT),
                                        new ParsedDocument(RECORD, "id", BARE),
                                        new ParsedDocument(TOMBSTONE, "id", null))),
                        sample(ChunkedDocument.class, List.of(CHUNKED, DELETED)),
                        sample(
                                EmbeddedDocument.class,
                                List.of(EMBEDDED, new EmbeddedDocument(DELETED, NOTHING, List.of()))),
                        sample(
                                IndexEvent.class,
                                List.of(
                                        new IndexEvent(RECEIPT, RECORD.headers()),
                                        new IndexEvent(BARE_RECEIPT, List.of()))),
                        sample(AskedQuestion.class, List.of(ASKED, BARELY_ASKED, TREE_ASKED)),
                        sample(EmbeddedQuestion.class, List.of(EMBEDDED_QUESTION)),
                        sample(GroundedQuestion.class, List.of(GROUNDED, new GroundedQuestion(ASKED, List.of(), 1, 2))),
                        sample(Reply.class, List.of(ANSWERED, FAILED)),
                        sample(DeadLetter.class, List.of(DEAD, new DeadLetter(TOMBSTONE, "parse", TEXT, "X"))))
                .map(sample -> Named.of(sample.name, sample));
    }

    private static <T> Sample<T> sample(Class<T> type, List<T> values) {
        return new Sample<>(type.getSimpleName(), TypeInformation.of(type), values);
    }

    private record Sample<T>(String name, TypeInformation<T> type, List<T> values) {

        void requireItSurvives() throws IOException {
            assertThat(type).isInstanceOf(PojoTypeInfo.class);
            SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
            withoutKryo.setGenericTypes(false);
            TypeSerializer<T> serializer = type.createSerializer(withoutKryo);
            for (T value : values) {
                DataOutputSerializer out = new DataOutputSerializer(256);
                serializer.serialize(value, out);
                T read = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
                requireSame(read, value);
                requireSame(serializer.copy(value), value);
            }
        }

        private static void requireSame(Object actual, Object expected) {
            assertThat(actual)
                    .usingRecursiveComparison()
                    .withComparatorForType(Float::compare, Float.class)
                    .withComparatorForType(Double::compare, Double.class)
                    .isEqualTo(expected);
        }
    }
}
