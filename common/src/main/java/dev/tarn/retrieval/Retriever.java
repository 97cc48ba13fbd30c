package dev.tarn.retrieval;

import dev.tarn.index.Candidate;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.question.Filter;
import dev.tarn.question.Legs;
import dev.tarn.question.Passage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Chooses the passages for a question. Safe for many threads. Closing it leaves the index open. */
public final class Retriever implements AutoCloseable {
    /** What a rank by words counts for, where one by cosine similarity counts 1; the README tells what it was chosen by. */
    private static final double WORDS = 0.7;

    /** How many times as many candidates are looked at when there are too many copies among them. */
    private static final int MORE = 4;

    private static final int MOST_CANDIDATES = 2_000;
    private static final RankFusion FUSION = new RankFusion(60);

    private final VectorIndex index;
    private final RetrievalSettings settings;
    private final Analysis analysis = new Analysis();

    public Retriever(VectorIndex index, RetrievalSettings settings) {
        this.index = index;
        this.settings = settings;
    }

    /**
     * The best passages. Each is the text of a chunk, and of its neighbours if they are wanted; chunks that follow each other
     * become one passage. Of texts that are copies of each other the best is taken, however many there are, and those that have
     * more of the question's words; where too few are left, more candidates are looked at.
     *
     * @return at most {@code topK} passages with at least {@code minScore}, best first, cited from 1
     */
    public List<Passage> retrieve(Search search) {
        return new Neighbourhood(index, settings.neighbours()).join(ranked(search, search.topK()));
    }

    /**
     * The ranking that {@link #retrieve} takes the first passages of, further down: made of as many candidates as these
     * passages are chosen from, unless nothing ranks them anew. Without neighbours.
     *
     * @param depth the most passages; candidates may be fewer
     */
    public List<Passage> ranking(Search search, int depth) {
        return ranked(search, depth).stream().map(Candidate::passage).toList();
    }

    private List<Candidate> ranked(Search search, int depth) {
        Search wanted = settings.mode() == Mode.HYBRID ? search : search.withoutText();
        int count = Math.max(settings.candidates(), ranksAnew() ? search.topK() : depth);
        List<Candidate> found = index.candidates(wanted, count, named());
        List<Candidate> ranked = rank(search, found, depth);
        while (ranked.size() < search.topK() && mayFindMore(search, found.size(), count) && count < MOST_CANDIDATES) {
            count = Math.min(MOST_CANDIDATES, count * MORE);
            found = index.candidates(wanted, count, named());
            ranked = rank(search, found, depth);
        }
        return ranked;
    }

    /** Of what passes a filter fewer may come than are asked for, though there are more. */
    private static boolean mayFindMore(Search search, int found, int count) {
        return found >= count || found >= search.topK() && !search.filter().equals(Filter.NONE);
    }

    /** One more than are fetched, to tell what follows on another passage. */
    private int named() {
        return settings.neighbours() == 0 ? 0 : settings.neighbours() + 1;
    }

    private List<Candidate> rank(Search search, List<Candidate> found, int depth) {
        Terms question = analysis.of(search.text());
        TermTable table = new TermTable(
                ranksAnew()
                        ? found.stream()
                                .map(Candidate::passage)
                                .map(analysis::of)
                                .toList()
                        : List.of());
        double[] scores = found.stream()
                .mapToDouble(candidate -> candidate.passage().score())
                .toArray();
        Legs[] legs = new Legs[scores.length];
        if (settings.mode() == Mode.HYBRID) {
            scores = fuse(scores, new Bm25(table).scores(question), legs);
        } else {
            Arrays.setAll(legs, i -> Legs.dense(i + 1, found.get(i).passage().score()));
        }
        List<Candidate> chosen = new ArrayList<>();
        for (int i : best(question, table, scores, legs, found, depth)) {
            Candidate candidate = found.get(i);
            Passage passage = candidate.passage().chosen(chosen.size() + 1, legs[i]);
            chosen.add(new Candidate(passage, candidate.before(), candidate.after()));
        }
        return chosen;
    }

    private boolean ranksAnew() {
        return settings.mode() == Mode.HYBRID || settings.diversity() > 0;
    }

    /** The best first, without copies that add nothing to better ones. */
    private List<Integer> best(
            Terms question, TermTable table, double[] scores, Legs[] legs, List<Candidate> found, int count) {
        NearCopies copies = new NearCopies(question, settings.nearCopies());
        Predicate<Integer> isNew = i -> {
            Passage passage = found.get(i).passage();
            return copies.keep(passage.text(), ranksAnew() ? table.texts().get(i) : analysis.of(passage));
        };
        if (settings.diversity() == 0) {
            return Ranking.order(scores).stream().filter(isNew).limit(count).toList();
        }
        List<Integer> best = new ArrayList<>();
        for (Diversity.Choice choice : new Diversity(table, scores, settings.diversity()).choose(count, isNew)) {
            best.add(choice.index());
            legs[choice.index()] = legs[choice.index()].diverse(best.size(), choice.relevance());
        }
        return best;
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
                    new Legs.Leg(ranks[i], fused[i]),
                    null);
        }
        return fused;
    }

    @Override
    public void close() {
        analysis.close();
    }
}
