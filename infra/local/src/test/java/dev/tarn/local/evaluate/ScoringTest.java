package dev.tarn.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tarn.local.evaluate.EvaluationReport.Comparison;
import dev.tarn.local.evaluate.EvaluationReport.Mean;
import dev.tarn.local.evaluate.EvaluationReport.Score;
import dev.tarn.local.evaluate.EvaluationReport.Threshold;
import dev.tarn.question.Passage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScoringTest {
    private static final TestCollection COLLECTION = new TestCollection(
            List.of(
                    new TestQuestion("q1", "?", "easy", List.of("a fact")),
                    new TestQuestion("q2", "?", "hard", List.of()),
                    new TestQuestion("u1", "?", "near", List.of())),
            new Qrels(Map.of("q1", Map.of("a", 1), "q2", Map.of("a", 1, "b", 1))),
            Set.of("u1"));
    private static final EvaluationSettings SETTINGS =
            new EvaluationSettings("default", List.of(Configuration.EXACT, Configuration.DENSE), 2, 10, false, 1);

    private final Scoring scoring = new Scoring(COLLECTION, SETTINGS);

    /** For each question the documents of its passages, best first; scores begin with the question's. */
    private static Evaluated evaluated(Configuration configuration, Map<String, List<String>> found, double... best) {
        Map<String, Ranking> rankings = new LinkedHashMap<>();
        Map<String, List<Hit>> passages = new LinkedHashMap<>();
        int number = 0;
        for (TestQuestion question : COLLECTION.questions()) {
            List<Hit> hits = new ArrayList<>();
            for (String document : found.get(question.id())) {
                double score = best[number] - 0.01 * hits.size();
                hits.add(Hit.of(
                        new Passage(hits.size() + 1, document, null, "h.0-1-x", "Title", null, score, "with a fact")));
            }
            number++;
            rankings.put(question.id(), Ranking.of(hits));
            passages.put(question.id(), hits.subList(0, Math.min(2, hits.size())));
        }
        return new Evaluated(configuration, rankings, passages, List.of(1.0, 2.0, 3.0));
    }

    private static final Evaluated DENSE = evaluated(
            Configuration.DENSE,
            Map.of("q1", List.of("a", "a", "c"), "q2", List.of("c", "c", "a", "b"), "u1", List.of("c")),
            0.8,
            0.4,
            0.5);

    private static double mean(List<Mean> means, String measure, String kind) {
        return means.stream()
                .filter(mean -> mean.measure().equals(measure) && mean.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .mean();
    }

    @Test
    void aRankingCountsDocumentsAndAnAnswerItsPassages() {
        List<Mean> means = scoring.means(scoring.scores(DENSE));

        assertThat(mean(means, "recall@2", "all")).isEqualTo(0.75); // q1: a c; q2: c a
        assertThat(mean(means, "documents in 2 passages", "all")).isEqualTo(0.5); // q1: a a; q2: c c
        assertThat(mean(means, "MRR", "all")).isEqualTo(0.75);
        assertThat(mean(means, "recall@2", "easy")).isEqualTo(1);
        assertThat(mean(means, "recall@2", "hard")).isEqualTo(0.5);
        assertThat(mean(means, "facts in 2 passages", "all")).isEqualTo(1); // of the one question that has facts
    }

    @Test
    void configurationsAreComparedQuestionByQuestion() {
        Evaluated exact = evaluated(
                Configuration.EXACT,
                Map.of("q1", List.of("a"), "q2", List.of("a", "b"), "u1", List.of()),
                0.8,
                0.4,
                0.5);
        List<Score> scores = new ArrayList<>(scoring.scores(exact));
        scores.addAll(scoring.scores(DENSE));

        Comparison recall = scoring.comparisons(scores).stream()
                .filter(comparison -> comparison.measure().equals("recall@2"))
                .findFirst()
                .orElseThrow();

        assertThat(recall.first()).isEqualTo("dense");
        assertThat(recall.second()).isEqualTo("exact");
        assertThat(recall.difference()).isCloseTo(-0.25, within(1e-12));
        assertThat(recall.p()).isEqualTo(1);
    }

    @Test
    void aThresholdRefusesWhoseBestPassageIsBelow() {
        List<Threshold> thresholds = scoring.thresholds(DENSE);

        assertThat(thresholds)
                .contains(
                        new Threshold("dense", "score", 0.4, 0, 0),
                        new Threshold("dense", "score", 0.45, 0.5, 0),
                        new Threshold("dense", "score", 0.55, 0.5, 1),
                        new Threshold("dense", "score", 0.85, 1, 1));
    }

    @Test
    void theReportIsPrintedWithItsIntervalsAndTests() {
        List<Score> scores = scoring.scores(DENSE);
        StringWriter out = new StringWriter();

        EvaluationWriter.print(
                new EvaluationReport(
                        Map.of("seed", 1),
                        scoring.means(scores),
                        List.of(new Comparison("nDCG@10", "hybrid", "dense", 0.02, 0.01, 0.03, 0.004, 0.02)),
                        List.of(scoring.latency(DENSE)),
                        new EvaluationReport.Approximation(10, 2, 0.995, 0.99, 1),
                        scoring.thresholds(DENSE),
                        scoring.signals(DENSE),
                        List.of(),
                        scores),
                new PrintWriter(out));

        assertThat(out.toString())
                .contains("0.750 [0.500, 1.000]")
                .contains("hybrid - dense       nDCG@10    +0.020 [+0.010, +0.030]  p = 0.00400, 0.02000")
                .contains("dense      p50 2.00  p95 3.00  p99 3.00")
                .contains("against exact search: 0.995 [0.990, 1.000]")
                .contains("0.55   50.0 %  100.0 %");
    }
}
