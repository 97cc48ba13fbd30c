package dev.tarn.local.evaluate;

import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.question.Filter;
import java.util.List;

/**
 * Searches the index as the query job does, with no least score.
 *
 * @param index the index
 * @param collection what is searched
 */
record IndexSearch(VectorIndex index, String collection) implements Searcher {
    private static final double ANY_SCORE = -1;

    @Override
    public List<Hit> search(TestQuestion question, float[] vector, int count) {
        return index.search(new Search(collection, vector, count, ANY_SCORE, Filter.NONE)).stream()
                .map(Hit::of)
                .toList();
    }
}
