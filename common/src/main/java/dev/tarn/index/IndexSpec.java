package dev.tarn.index;

import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.Misconfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an index was made. It is stored with the index, and whoever opens it compares.
 *
 * @param layout the version of the layout in Redis
 * @param engine the engine that holds the vectors, or null for who reads whichever there is
 * @param shards how many parts a collection's vectors are spread over, or null for who only reads
 * @param embeddingModel the model's name
 * @param embeddingDigest the model's digest
 * @param dimension of the vectors
 * @param metric how vectors are compared
 * @param chunker how texts are cut, or null for who only reads
 * @param hnsw how the graph is built, or null for who only reads
 */
public record IndexSpec(
        int layout,
        String engine,
        Integer shards,
        String embeddingModel,
        String embeddingDigest,
        int dimension,
        String metric,
        String chunker,
        String hnsw) {

    public static final int LAYOUT = 3;
    public static final String COSINE = "cosine";

    private static final Pattern CHUNKER = Pattern.compile("recursive size=(\\d+) overlap=(\\d+) estimate=1");

    /** A text that changes whenever the chunks of one text may change. */
    public static String chunker(ChunkingSettings settings) {
        return "recursive size=" + settings.size() + " overlap=" + settings.overlap() + " estimate=1";
    }

    /**
     * How texts were cut.
     *
     * @throws Misconfiguration when this version of the program can't read that
     */
    public ChunkingSettings chunking() {
        Matcher settings = CHUNKER.matcher(String.valueOf(chunker));
        if (!settings.matches()) {
            throw new Misconfiguration("The index in Redis was made by another version, which cut texts by \"" + chunker
                    + "\". Use that version.");
        }
        return new ChunkingSettings(
                Integer.parseInt(settings.group(1)), Integer.parseInt(settings.group(2)), Integer.MAX_VALUE);
    }

    /**
     * Compares what is stored with what the settings ask for.
     *
     * @throws Misconfiguration naming each difference and what to do
     */
    public void requireCompatible(IndexSpec wanted) {
        List<String> differences = new ArrayList<>();
        compare("layout", "another version of Tarn", layout, wanted.layout, differences);
        compare("engine", "--index-engine", engine, wanted.engine, differences);
        compare("number of shards", "--index-shards", shards, wanted.shards, differences);
        compare("embedding model", "--embedding-model", embeddingModel, wanted.embeddingModel, differences);
        compare(
                "digest of the embedding model",
                "the model was pulled again, or made anew",
                embeddingDigest,
                wanted.embeddingDigest,
                differences);
        compare("dimension", "--embedding-model", dimension, wanted.dimension, differences);
        compare("metric", "another version of Tarn", metric, wanted.metric, differences);
        compare("chunker", "--chunk-size, --chunk-overlap", chunker, wanted.chunker, differences);
        compare("HNSW parameters", "--quantization, --hnsw-m, --hnsw-ef-construction", hnsw, wanted.hnsw, differences);
        if (!differences.isEmpty()) {
            throw new Misconfiguration("The index in Redis was made with other settings: "
                    + String.join("; ", differences)
                    + ". Run the job with the settings of the index, or give it an empty Redis and index"
                    + " the documents topic again from its beginning.");
        }
    }

    private static void compare(String what, String setBy, Object stored, Object wanted, List<String> differences) {
        if (wanted != null && !Objects.equals(stored, wanted)) {
            differences.add(
                    what + " is " + stored + " in the index, but " + wanted + " in the settings (" + setBy + ")");
        }
    }
}
