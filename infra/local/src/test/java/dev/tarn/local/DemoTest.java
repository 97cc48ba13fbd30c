package dev.tarn.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.answer.AnswerSettings;
import dev.tarn.answer.GroundedAnswer;
import dev.tarn.answer.GroundedAnswers;
import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.DocumentParser;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Search;
import dev.tarn.local.input.DocumentReader;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.input.InputException;
import dev.tarn.local.standin.StandIn;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaGenerator;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.Answer;
import dev.tarn.question.Filter;
import dev.tarn.question.Question;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import dev.tarn.redis.RedisSettings;
import dev.tarn.retrieval.RetrievalSettings;
import dev.tarn.retrieval.Retriever;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import dev.tarn.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the demo shows: its questions, the course notes in a real index, the stand-in's models, and the jobs' settings. */
class DemoTest {
    private static final Path NOTES = Path.of("..", "corpus", "notes");

    private static final int CONTEXT = 4096;

    private static RedisServer redis;
    private static StandIn ollama;
    private static OllamaEmbedder embedder;
    private static OllamaGenerator generator;
    private static RedisIndex index;
    private static Retriever retriever;

    @BeforeAll
    static void index() throws IOException {
        redis = RedisServer.start();
        ollama = StandIn.start(0);
        embedder = new OllamaEmbedder(new OllamaSettings(ollama.uri(), "all-minilm", Duration.ofMinutes(1)));
        generator = new OllamaGenerator(new OllamaSettings(ollama.uri(), "extractive", Duration.ofMinutes(1)), CONTEXT);
        IndexSettings settings =
                new IndexSettings(embedder.describe(), ChunkingSettings.DEFAULT, EngineSettings.DEFAULT);
        index = RedisIndex.openForWriting(RedisSettings.of(redis.uri()), settings);
        retriever = new Retriever(index, RetrievalSettings.DEFAULT);
        new DocumentReader(null).read(NOTES, NOTES, new DocumentReader.Handler() {
            private int offset;

            @Override
            public void document(InputDocument document) {
                ingest(index, document, offset++);
            }

            @Override
            public void refused(InputException refusal) {
                throw new AssertionError(refusal);
            }
        });
    }

    @AfterAll
    static void close() {
        retriever.close();
        index.close();
        generator.close();
        embedder.close();
        ollama.close();
        redis.close();
    }

    private static void ingest(RedisIndex index, InputDocument note, int offset) {
        SourceRecord record = record(note, offset);
        ChunkedDocument document =
                new Chunker(ChunkingSettings.DEFAULT).chunk(record, DocumentParser.UNLIMITED.parse(record));
        Plan plan = index.plan(document);
        List<String> texts =
                plan.missing(document).stream().map(Chunk::embeddingText).toList();
        index.commit(new EmbeddedDocument(document, plan, embedder.embed(texts)));
    }

    @Test
    void replicationIsForAvailabilityLatencyAndThroughput() {
        assertThat(answerTo("replication"))
                .contains("copies of the same data on several machines")
                .contains("availability", "fault tolerance", "lower latency", "read throughput");
    }

    @Test
    void keyValueDatabasesAreDefinedAndExamplesAreNamed() {
        assertThat(answerTo("key-value"))
                .contains("each unique key maps to one value")
                .contains("Redis", "DynamoDB", "Memcached");
    }

    @Test
    void anAvlTreeMaintainsBalanceByHeightsBalanceFactorsAndFourCasesOfRotation() {
        assertThat(answerTo("AVL"))
                .contains("heights of the two subtrees of every node differ by at most one")
                .contains("balance factor", "leaves the range -1 to +1", "rotation")
                .contains("left-left", "right-right", "left-right", "right-left");
    }

    private static String answerTo(String subject) {
        String asked = Demo.QUESTIONS.stream()
                .filter(question -> question.contains(subject))
                .findFirst()
                .orElseThrow();
        Question question = new Question("demo", asked, "default", null, Filter.NONE, null);
        Search search = new Search(
                "default", embedder.embed(List.of(asked)).get(0), RetrievalSettings.TOP_K, 0, Filter.NONE, asked);

        GroundedAnswer answer = new GroundedAnswers(generator, embedder, new AnswerSettings(CONTEXT, 0.35, 0.55))
                .answer(question, retriever.retrieve(search));

        assertThat(answer.status()).isEqualTo(Answer.Status.ANSWERED);
        assertThat(answer.statements()).isNotEmpty().allMatch(Answer.Statement::supported);
        return answer.text();
    }

    private static SourceRecord record(InputDocument note, int offset) {
        SourcePosition position = new SourcePosition("documents", "generation", 0, offset, Instant.EPOCH);
        return new SourceRecord(position, note.id().getBytes(UTF_8), note.json(), List.of());
    }
}
