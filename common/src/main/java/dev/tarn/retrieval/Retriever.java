package dev.tarn.retrieval;

import dev.tarn.index.Candidate;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.question.Legs;
import dev.tarn.question.Passage;
import java.util.ArrayList;
import java.util.List;

/** Chooses the passages for a question. Safe for many threads; closes the index. */
public final class Retriever implements AutoCloseable {
    /** What a rank by words counts for, where one by cosine similarity counts 1; the README tells what it was chosen by. */
    private static final double WORDS = 0.7;

    private static final RankFusion FUSION = new RankFusion(60);

    private final VectorIndex index;
    private final RetrievalSettings settings;
    private final Analysis analysis = new Analysis();

    public Retriever(VectorIndex index, RetrievalSettings settings) {
        this.index = index;
        this.settings = settings;
    }

    /**
     * The best passages. Each is the text of a chunk, and of its neighbours if they are wanted; chunks that touch become one
     * passage.
     *
     * @return at most {@code topK} passages with at least {@code minScore}, best first, cited from 1
     */
    public List<Passage> retrieve(Search search) {
        if (settings.isPlain()) {
            return index.search(search);
        }
        List<Candidate> found = index.candidates(search, settings.candidates(), settings.neighbours());
        List<Candidate> chosen = choose(search, found);
        return new Neighbourhood(index).join(chosen);
    }

    private List<Candidate> choose(Search search, List<Candidate> found) {
        List<Terms> texts = needsTerms()
                ? found.stream().map(Candidate::passage).map(analysis::of).toList()
                : List.of();
        double[] scores = found.stream()
                .mapToDouble(candidate -> candidate.passage().score())
                .toArray();
        Legs[] legs = new Legs[scores.length];
        if (settings.mode() == Mode.HYBRID) {
            scores = fuse(scores, new Bm25(texts).scores(analysis.of(search.text())), legs);
        } else {
            for (int i = 0; i < scores.length; i++) {
                legs[i] = new Legs(new Legs.Leg(i + 1, scores[i]), null, null);
            }
        }
        List<Candidate> chosen = new ArrayList<>();
        for (int i : best(texts, scores, search.topK())) {
            Candidate candidate = found.get(i);
            chosen.add(new Candidate(
                    candidate.passage().chosen(chosen.size() + 1, legs[i]), candidate.before(), candidate.after()));
        }
        return chosen;
    }

    private boolean needsTerms() {
        return settings.mode() == Mode.HYBRID || settings.diversity() > 0;
    }

    private List<Integer> best(List<Terms> texts, double[] scores, int count) {
        return settings.diversity() > 0
                ? new Diversity(texts, scores, settings.diversity()).choose(count)
                : Ranking.order(scores).subList(0, Math.min(count, scores.length));
    }

    /** The fused scores. */
    private static double[] fuse(double[] similarities, double[] words, Legs[] legs) {
        int[] bySimilarity = Ranking.ranks(similarities);
        int[] byWords = Ranking.ranks(words);
        double[] fused = new double[similarities.length];
        for (int i = 0; i < fused.length; i++) {
            fused[i] = FUSION.share(bySimilarity[i], 1) + (words[i] > 0 ? FUSION.share(byWords[i], WORDS) : 0);
        }
        int[] ranks = Ranking.ranks(fused);
        for (int i = 0; i < fused.length; i++) {
            legs[i] = new Legs(
                    new Legs.Leg(bySimilarity[i], similarities[i]),
                    words[i] > 0 ? new Legs.Leg(byWords[i], words[i]) : null,
                    new Legs.Leg(ranks[i], fused[i]));
        }
        return fused;
    }

    @Override
    public void close() {
        analysis.close();
        index.close();
    }
}
