package dev.tarn.local.evaluate;

import dev.tarn.local.benchmark.Latencies;
import dev.tarn.local.evaluate.EvaluationReport.Comparison;
import dev.tarn.local.evaluate.EvaluationReport.Latency;
import dev.tarn.local.evaluate.EvaluationReport.Mean;
import dev.tarn.local.evaluate.EvaluationReport.Score;
import dev.tarn.local.evaluate.EvaluationReport.Signal;
import dev.tarn.local.evaluate.EvaluationReport.Threshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Turns what was found into rows of the report. */
final class Scoring {
    private static final double STEPS = 100;
    private static final int THRESHOLDS = 130;

    private final TestCollection collection;
    private final EvaluationSettings settings;
    private final List<Measure> measures;

    Scoring(TestCollection collection, EvaluationSettings settings) {
        this.collection = collection;
        this.settings = settings;
        Set<Measure> all = new LinkedHashSet<>(List.of(
                Measure.recall(settings.k()),
                Measure.precision(settings.k()),
                Measure.MRR,
                Measure.NDCG_10,
                Measure.recall(10)));
        measures = List.copyOf(all);
    }

    /** The judgments of the questions that means are over, for other tools to come to the same means. */
    Qrels qrels() {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        collection
                .answerable()
                .forEach(
                        question -> grades.put(question.id(), collection.qrels().of(question.id())));
        return new Qrels(grades);
    }

    /** Scores of one configuration. */
    List<Score> scores(Evaluated evaluated) {
        List<Score> scores = new ArrayList<>();
        for (TestQuestion question : collection.answerable()) {
            Map<String, Integer> grades = collection.qrels().of(question.id());
            Ranking ranking = evaluated.rankings().get(question.id());
            for (Measure measure : measures) {
                scores.add(score(evaluated, question, measure.toString(), measure.of(ranking, grades)));
            }
            List<Hit> passages = evaluated.passages(question.id(), settings.k());
            Measure recall = Measure.recall(settings.k());
            scores.add(score(evaluated, question, passageRecall(), recall.of(Ranking.of(passages), grades)));
            if (!question.facts().isEmpty() && passages.stream().allMatch(hit -> hit.text() != null)) {
                String text = passages.stream().map(Hit::text).collect(Collectors.joining("\n\n"));
                scores.add(score(evaluated, question, factRecall(), Facts.share(question, text)));
            }
        }
        return scores;
    }

    /** The share of the relevant documents that the passages of one answer come from. */
    String passageRecall() {
        return "documents in " + settings.k() + " passages";
    }

    /** The share of the facts that the passages of one answer hold. */
    String factRecall() {
        return "facts in " + settings.k() + " passages";
    }

    private static Score score(Evaluated evaluated, TestQuestion question, String measure, double value) {
        return new Score(evaluated.configuration().toString(), question.id(), question.kind(), measure, value);
    }

    /** Over all questions, and over each kind. */
    List<Mean> means(List<Score> scores) {
        Map<String, Map<String, List<Score>>> grouped = scores.stream()
                .collect(Collectors.groupingBy(
                        Score::configuration,
                        LinkedHashMap::new,
                        Collectors.groupingBy(Score::measure, LinkedHashMap::new, Collectors.toList())));
        List<Mean> means = new ArrayList<>();
        grouped.forEach((configuration, byMeasure) -> byMeasure.forEach((measure, all) -> {
            means.add(Mean.of(configuration, measure, EvaluationReport.ALL, interval(all)));
            for (String kind : kinds(all)) {
                means.add(Mean.of(
                        configuration,
                        measure,
                        kind,
                        interval(all.stream()
                                .filter(score -> kind.equals(score.kind()))
                                .toList())));
            }
        }));
        return means;
    }

    private static Set<String> kinds(List<Score> scores) {
        Set<String> kinds = new LinkedHashSet<>();
        scores.stream().map(Score::kind).filter(kind -> kind != null).forEach(kinds::add);
        return kinds;
    }

    private Interval interval(List<Score> scores) {
        return settings.bootstrap().mean(values(scores));
    }

    private static double[] values(List<Score> scores) {
        return scores.stream().mapToDouble(Score::value).toArray();
    }

    /** Each configuration against each that comes before it, by what ranks whole lists and by what an answer gets. */
    List<Comparison> comparisons(List<Score> scores) {
        List<Comparison> comparisons = new ArrayList<>();
        for (String measure :
                List.of(Measure.NDCG_10.toString(), Measure.recall(settings.k()).toString())) {
            comparisons.addAll(adjusted(comparisons(scores, measure)));
        }
        return comparisons;
    }

    private List<Comparison> comparisons(List<Score> scores, String measure) {
        List<String> names =
                settings.configurations().stream().map(Configuration::toString).toList();
        List<Comparison> comparisons = new ArrayList<>();
        for (int second = 0; second < names.size(); second++) {
            for (int first = second + 1; first < names.size(); first++) {
                comparisons.add(comparison(scores, measure, names.get(first), names.get(second)));
            }
        }
        return comparisons;
    }

    private static List<Comparison> adjusted(List<Comparison> comparisons) {
        double[] adjusted =
                Holm.adjusted(comparisons.stream().mapToDouble(Comparison::p).toArray());
        return IntStream.range(0, adjusted.length)
                .mapToObj(i -> comparisons.get(i).adjusted(adjusted[i]))
                .toList();
    }

    private Comparison comparison(List<Score> scores, String measure, String first, String second) {
        double[] ofFirst = values(of(scores, measure, first));
        double[] ofSecond = values(of(scores, measure, second));
        double[] differences = IntStream.range(0, ofFirst.length)
                .mapToDouble(i -> ofFirst[i] - ofSecond[i])
                .toArray();
        Interval interval = settings.bootstrap().mean(differences);
        double p = settings.test().p(differences);
        return new Comparison(measure, first, second, interval.mean(), interval.low(), interval.high(), p, p);
    }

    /** The same questions in the same order for each configuration. */
    private static List<Score> of(List<Score> scores, String measure, String configuration) {
        return scores.stream()
                .filter(score ->
                        score.measure().equals(measure) && score.configuration().equals(configuration))
                .toList();
    }

    Latency latency(Evaluated evaluated) {
        Latencies latencies = Latencies.of(evaluated.milliseconds());
        return new Latency(
                evaluated.configuration().toString(),
                latencies.percentile(0.5),
                latencies.percentile(0.95),
                latencies.percentile(0.99));
    }

    /** What the query job could go by; empty where no question is known to have no answer. */
    List<Threshold> thresholds(Evaluated evaluated) {
        if (!evaluated.configuration().isOfTheIndex()
                || collection.unanswerable().isEmpty()) {
            return List.of();
        }
        List<Threshold> thresholds = new ArrayList<>();
        thresholds.addAll(thresholds(evaluated, "score", question -> evaluated.bestScore(question.id())));
        thresholds.addAll(thresholds(evaluated, "evidence", evaluated::evidence));
        return thresholds;
    }

    /** What each question comes to. */
    List<Signal> signals(Evaluated evaluated) {
        if (!evaluated.configuration().isOfTheIndex()) {
            return List.of();
        }
        return collection.questions().stream()
                .map(question -> new Signal(
                        evaluated.configuration().toString(),
                        question.id(),
                        question.kind(),
                        collection.qrels().hasRelevant(question.id()),
                        finite(evaluated.bestScore(question.id())),
                        finite(evaluated.evidence(question))))
                .toList();
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private List<Threshold> thresholds(Evaluated evaluated, String signal, ToDoubleFunction<TestQuestion> value) {
        double[] answerable = values(collection.answerable(), value);
        double[] unanswerable = values(collection.unanswerable(), value);
        return IntStream.rangeClosed(0, THRESHOLDS)
                .mapToObj(i -> {
                    double threshold = i / STEPS;
                    return new Threshold(
                            evaluated.configuration().toString(),
                            signal,
                            threshold,
                            below(answerable, threshold),
                            below(unanswerable, threshold));
                })
                .toList();
    }

    private static double[] values(List<TestQuestion> questions, ToDoubleFunction<TestQuestion> value) {
        return questions.stream().mapToDouble(value).toArray();
    }

    private static double below(double[] values, double threshold) {
        return (double) Arrays.stream(values).filter(value -> value < threshold).count() / values.length;
    }
}
