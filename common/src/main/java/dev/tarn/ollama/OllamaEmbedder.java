package dev.tarn.ollama;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Embeds through {@code POST /api/embed}, all texts of a call in one request. */
public final class OllamaEmbedder implements Embedder {
    private static final String PROBE = "dimension";
    private static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private final Duration knownFor;
    private final OllamaSettings settings;
    private final OllamaConnection connection;
    private final OllamaEmbeddingModel model;
    private final AtomicLong lastAsked = new AtomicLong();

    /** What the model was when it was described, or null. */
    private volatile EmbeddingModelInfo described;

    public OllamaEmbedder(OllamaSettings settings) {
        this(settings, KNOWN_FOR);
    }

    /** @param knownFor how long it is not asked again whether the model is the one that was described */
    OllamaEmbedder(OllamaSettings settings, Duration knownFor) {
        this.knownFor = knownFor;
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
        int dimension;
        try {
            dimension = vectors(List.of(PROBE)).get(0).length;
        } catch (PermanentFailure e) {
            throw new Misconfiguration(
                    "The model " + settings.model() + " at " + settings.uri()
                            + " does not embed. Choose an embedding model.",
                    e);
        }
        EmbeddingModelInfo info = new EmbeddingModelInfo(found.name(), found.digest(), dimension);
        lastAsked.set(System.nanoTime());
        described = info;
        return info;
    }

    /**
     * {@inheritDoc}
     *
     * @throws Misconfiguration when the model is not the one that was described: at once where its vectors have another
     *     dimension, else within a minute
     */
    @Override
    public List<float[]> embed(List<String> texts) {
        EmbeddingModelInfo known = described;
        if (known == null) {
            return vectors(texts);
        }
        requireSameDigest(known);
        List<float[]> vectors = vectors(texts);
        for (float[] vector : vectors) {
            if (vector.length != known.dimension()) {
                throw another("its vectors have " + vector.length + " dimensions, and had " + known.dimension());
            }
        }
        return vectors;
    }

    private void requireSameDigest(EmbeddingModelInfo known) {
        long last = lastAsked.get();
        long now = System.nanoTime();
        if (now - last < knownFor.toNanos() || !lastAsked.compareAndSet(last, now)) {
            return;
        }
        String digest;
        try {
            digest = connection.requireModel().digest();
        } catch (RuntimeException e) {
            lastAsked.compareAndSet(now, last);
            throw e;
        }
        if (!digest.equals(known.digest())) {
            throw another("its digest is " + digest + ", and was " + known.digest());
        }
    }

    private Misconfiguration another(String difference) {
        return new Misconfiguration("The model " + settings.model() + " at " + settings.uri() + " has become another: "
                + difference + ". Restart the job, which compares the model with the index.");
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
