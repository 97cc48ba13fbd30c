package dev.tarn.document;

import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is done with each record before anybody is asked anything: it is parsed, then cut into chunks that are hashed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DocumentBenchmark {
    private static final String SENTENCE = "The engine leaves a mark of each chapter, so that it finds the way back. ";

    /** Of the text, in characters; the shorter is one chunk. */
    @Param({"700", "20000"})
    public int length;

    private SourceRecord document;
    private Document parsed;
    private Chunker chunker;

    @Setup
    public void prepare() {
        StringBuilder text = new StringBuilder();
        for (int number = 0; text.length() < length; number++) {
            text.append(number).append(". ").append(SENTENCE).append(number % 5 == 4 ? "\\n\\n" : "");
        }
        String json =
                "{\"title\":\"A title\",\"text\":\"" + text + "\",\"metadata\":{\"topic\":\"engines\",\"year\":2026}}";
        document = new SourceRecord(
                new SourcePosition("documents", "generation", 0, 1, Instant.EPOCH),
                "id".getBytes(StandardCharsets.UTF_8),
                json.getBytes(StandardCharsets.UTF_8),
                List.of());
        parsed = parse();
        chunker = new Chunker(ChunkingSettings.DEFAULT);
    }

    @Benchmark
    public Document parse() {
        return DocumentParser.UNLIMITED.parse(document);
    }

    @Benchmark
    public ChunkedDocument chunk() {
        return chunker.chunk(document, parsed);
    }

    /** What {@link #chunk} would take if it made a splitter for each document. */
    @Benchmark
    public ChunkedDocument chunkWithNewSplitter() {
        return new Chunker(ChunkingSettings.DEFAULT).chunk(document, parsed);
    }
}
