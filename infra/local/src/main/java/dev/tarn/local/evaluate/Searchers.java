package dev.tarn.local.evaluate;

import dev.tarn.document.Chunk;
import dev.tarn.index.VectorIndex;
import dev.tarn.retrieval.Retriever;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The searcher of each configuration, made when it is first asked for. */
final class Searchers implements AutoCloseable {
    private final Map<Configuration, Searcher> made = new HashMap<>();
    private final List<EvaluatedDocument> documents;
    private final VectorIndex index;
    private final EvaluationSettings settings;
    private final Embedding embedding;
    private Bm25 bm25;

    Searchers(List<EvaluatedDocument> documents, VectorIndex index, EvaluationSettings settings, Embedding embedding) {
        this.documents = documents;
        this.index = index;
        this.settings = settings;
        this.embedding = embedding;
    }

    /** Embeds texts. */
    interface Embedding {
        /**
         * A vector for each text, in order.
         *
         * @param what they are, for a progress bar
         */
        List<float[]> of(String what, List<String> texts);
    }

    Searcher of(Configuration configuration) {
        Searcher searcher = made.get(configuration);
        if (searcher == null) {
            searcher = make(configuration);
            made.put(configuration, searcher);
        }
        return searcher;
    }

    private Searcher make(Configuration configuration) {
        return switch (configuration.kind()) {
            case BM25 -> {
                bm25 = new Bm25(documents);
                yield (question, vector, count) -> bm25.search(question.text(), count);
            }
            case WHOLE ->
                exact(
                        wholes(),
                        "documents",
                        documents.stream().map(Searchers::text).toList());
            case EXACT -> exact(chunks(), "chunks", chunkTexts());
            case INDEX -> new IndexSearch(new Retriever(index, configuration.retrieval()), settings.collection());
        };
    }

    private Searcher exact(List<Hit> items, String what, List<String> texts) {
        ExactSearch search = new ExactSearch(items, embedding.of(what, texts));
        return (question, vector, count) -> search.search(vector, count);
    }

    private List<Hit> wholes() {
        return documents.stream()
                .map(document -> new Hit(document.id(), null, 0, null))
                .toList();
    }

    private static String text(EvaluatedDocument document) {
        return document.title() == null ? document.text() : document.title() + "\n\n" + document.text();
    }

    private List<Hit> chunks() {
        List<Hit> chunks = new ArrayList<>();
        for (EvaluatedDocument document : documents) {
            document.chunks().forEach(chunk -> chunks.add(new Hit(document.id(), chunk.hash(), 0, chunk.text())));
        }
        return chunks;
    }

    private List<String> chunkTexts() {
        return documents.stream()
                .flatMap(document -> document.chunks().stream())
                .map(Chunk::embeddingText)
                .toList();
    }

    @Override
    public void close() throws IOException {
        if (bm25 != null) {
            bm25.close();
        }
    }
}
