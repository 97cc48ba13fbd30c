package dev.tarn.local.evaluate;

import java.util.List;
import java.util.Map;

/**
 * What was measured: each list is a table of flat rows.
 *
 * @param circumstances what was evaluated, and on what
 * @param means each measure of each configuration, over all questions and over each kind
 * @param comparisons pairs of configurations
 * @param latencies of one search for the passages of an answer, embedding not included
 * @param approximation how near the index comes to exact search; null where it was not searched
 * @param thresholds what a least score would refuse
 * @param signals what a threshold would be held against, for each question
 * @param answers each answer; empty where none was asked for
 * @param scores each measure of each configuration for each question
 */
public record EvaluationReport(
        Map<String, Object> circumstances,
        List<Mean> means,
        List<Comparison> comparisons,
        List<Latency> latencies,
        Approximation approximation,
        List<Threshold> thresholds,
        List<Signal> signals,
        List<AnswerScore> answers,
        List<Score> scores) {
    /** The kind of all questions together. */
    public static final String ALL = "all";

    /** The configuration of what was asked over the topics. */
    public static final String ANSWERS = "answers";

    /** One measure of one ranking. */
    public record Score(String configuration, String question, String kind, String measure, double value) {}

    /** One measure over questions, with the 95 % confidence interval. */
    public record Mean(
            String configuration, String measure, String kind, int questions, double mean, double low, double high) {
        static Mean of(String configuration, String measure, String kind, Interval interval) {
            return new Mean(
                    configuration,
                    measure,
                    kind,
                    interval.questions(),
                    interval.mean(),
                    interval.low(),
                    interval.high());
        }

        Interval interval() {
            return new Interval(mean, low, high, questions);
        }
    }

    /**
     * How much better the first is than the second.
     *
     * @param p of the randomization test, two-sided, as if no other comparison were made
     * @param adjustedP the same, adjusted for all comparisons by this measure
     */
    public record Comparison(
            String measure,
            String first,
            String second,
            double difference,
            double low,
            double high,
            double p,
            double adjustedP) {
        Comparison adjusted(double byAll) {
            return new Comparison(measure, first, second, difference, low, high, p, byAll);
        }
    }

    /** Milliseconds. */
    public record Latency(String configuration, double p50, double p95, double p99) {}

    /**
     * The share of the exactly nearest chunks that the index finds.
     *
     * @param count how many nearest
     */
    public record Approximation(int count, int questions, double recall, double low, double high) {}

    /**
     * What is refused when the passages of an answer have to come to so much.
     *
     * @param signal {@code score}, the best passage's cosine similarity, or {@code evidence}, what {@code --min-evidence}
     *     is held against
     * @param answerable share of the questions that have an answer
     * @param unanswerable share of those that have none
     */
    public record Threshold(
            String configuration, String signal, double threshold, double answerable, double unanswerable) {}

    /**
     * How much the passages of an answer come to.
     *
     * @param score the best passage's cosine similarity, or null where none was found
     * @param evidence as {@code --min-evidence} counts it, or null where none was found
     */
    public record Signal(
            String configuration, String question, String kind, boolean answerable, Double score, Double evidence) {}

    /**
     * An answer that was asked for over the topics.
     *
     * @param answerable whether the documents have an answer
     * @param status answered, no_answer or failed
     * @param cited documents that are cited, with blanks between
     * @param citationPrecision share of them that is relevant; null where there is no answer or nothing to answer
     * @param citationRecall share of the relevant documents that is cited; null where there is nothing to answer
     * @param facts share of the question's facts that the answer has word by word; null where it has none
     * @param evidence how much was found, or null
     * @param statements how many sentences the answer has
     * @param supported how many of them what they cite supports
     * @param milliseconds from asking to hearing the answer
     */
    public record AnswerScore(
            String question,
            String kind,
            boolean answerable,
            String status,
            String cited,
            Double citationPrecision,
            Double citationRecall,
            Double facts,
            Double evidence,
            int statements,
            int supported,
            double milliseconds) {}
}
