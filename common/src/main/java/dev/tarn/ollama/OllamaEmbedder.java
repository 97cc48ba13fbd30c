package dev.tarn.ollama;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import java.util.ArrayList;
import java.util.List;

/** Embeds through {@code POST /api/embed}, all texts of a call in one request. */
public final class OllamaEmbedder implements Embedder {
    private static final String PROBE = "dimension";
    private static final int UNKNOWN = 0;

    private final OllamaSettings settings;
    private final OllamaConnection connection;
    private final OllamaEmbeddingModel model;
    private volatile int dimension = UNKNOWN;

    public OllamaEmbedder(OllamaSettings settings) {
        this.settings = settings;
        connection = new OllamaConnection(settings);
        model = OllamaEmbeddingModel.builder()
                .httpClientBuilder(connection.http())
                .baseUrl(settings.uri().toString())
                .modelName(settings.model())
                .maxRetries(0)
                .customHeaders(connection.headers())
                .build();
    }

    /** Embeds one word to learn the dimension; that loads the model, too, so that the first document need not wait. */
    @Override
    public EmbeddingModelInfo describe() {
        OllamaConnection.Model found = connection.requireModel();
        try {
            dimension = vectors(List.of(PROBE)).get(0).length;
        } catch (PermanentFailure e) {
            throw new Misconfiguration(
                    "The model " + settings.model() + " at " + settings.uri()
                            + " does not embed. Choose an embedding model.",
                    e);
        }
        return new EmbeddingModelInfo(found.name(), found.digest(), dimension);
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        List<float[]> vectors = vectors(texts);
        int described = dimension;
        for (float[] vector : vectors) {
            if (described != UNKNOWN && vector.length != described) {
                throw new Misconfiguration(
                        "The model " + settings.model() + " at " + settings.uri() + " has become another:"
                                + " its vectors have " + vector.length + " dimensions, and had " + described
                                + ". Restart the job, which compares the model with the index.");
            }
        }
        return vectors;
    }

    private List<float[]> vectors(List<String> texts) {
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        List<Embedding> embeddings =
                connection.call(() -> model.embedAll(segments).content());
        if (embeddings.size() != texts.size()) {
            throw new PermanentFailure("the model " + settings.model() + " answered " + embeddings.size()
                    + " vectors for " + texts.size() + " texts");
        }
        List<float[]> vectors = new ArrayList<>(embeddings.size());
        for (Embedding embedding : embeddings) {
            vectors.add(requireDirection(embedding.vector()));
        }
        return vectors;
    }

    private float[] requireDirection(float[] vector) {
        float squares = 0;
        for (float component : vector) {
            squares += component * component;
        }
        if (!(squares > 0 && squares < Float.POSITIVE_INFINITY)) {
            throw new PermanentFailure("the model " + settings.model() + " answered a vector without a direction");
        }
        return vector;
    }

    @Override
    public void close() {
        connection.close();
    }
}
