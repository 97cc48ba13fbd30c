package dev.tarn.local.evaluate;

import dev.tarn.index.Search;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.retrieval.RetrievalSettings;
import dev.tarn.retrieval.Retriever;
import java.util.List;

/**
 * Searches the index as the query job does, with no least score.
 *
 * @param retriever of the query job, over the index
 * @param collection what is searched
 */
record IndexSearch(Retriever retriever, String collection) implements Searcher {
    private static final double ANY_SCORE = -1;

    @Override
    public List<Hit> search(TestQuestion question, float[] vector, int count) {
        return hits(retriever.retrieve(of(question, vector, count)));
    }

    @Override
    public List<Hit> ranking(TestQuestion question, float[] vector, int depth) {
        return hits(retriever.ranking(of(question, vector, RetrievalSettings.TOP_K), depth));
    }

    private Search of(TestQuestion question, float[] vector, int count) {
        return new Search(collection, vector, count, ANY_SCORE, Filter.NONE, question.text());
    }

    private static List<Hit> hits(List<Passage> passages) {
        return passages.stream().map(Hit::of).toList();
    }
}
