package dev.tarn.local.evaluate;

import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.benchmark.Events;
import dev.tarn.local.evaluate.EvaluationReport.AnswerScore;
import dev.tarn.local.evaluate.EvaluationReport.Mean;
import dev.tarn.local.topics.Conversation;
import dev.tarn.question.Answer;
import dev.tarn.question.Citations;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.question.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Asks the questions over the topics, one after the other, and scores the answers. How many passages each gets is the query job's to say. */
final class AnswerRound {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final TestCollection collection;
    private final EvaluationSettings settings;

    AnswerRound(TestCollection collection, EvaluationSettings settings) {
        this.collection = collection;
        this.settings = settings;
    }

    /**
     * Asks.
     *
     * @throws IllegalStateException when no answer comes
     */
    List<AnswerScore> ask(KafkaOptions kafka, Events events) {
        List<TestQuestion> questions = new ArrayList<>(collection.answerable());
        questions.addAll(collection.unanswerable());
        List<AnswerScore> scores = new ArrayList<>();
        try (Conversation conversation = new Conversation(kafka);
                Events.Bar bar = events.begin("Asking", questions.size())) {
            for (TestQuestion question : questions) {
                scores.add(ask(conversation, question));
                bar.accept(scores.size());
            }
        }
        return scores;
    }

    private AnswerScore ask(Conversation conversation, TestQuestion question) {
        String id = "evaluate-" + question.id() + "-" + UUID.randomUUID();
        Question asked = new Question(id, question.text(), settings.collection(), null, Filter.NONE, null);
        long start = System.nanoTime();
        Answer answer = conversation
                .ask(asked, PATIENCE)
                .orElseThrow(() -> new IllegalStateException(
                        "no answer came within " + PATIENCE.toMinutes() + " minutes. Does the query job run?"));
        return score(question, answer, (System.nanoTime() - start) / 1e6);
    }

    private AnswerScore score(TestQuestion question, Answer answer, double milliseconds) {
        boolean answerable = collection.qrels().hasRelevant(question.id());
        boolean answered = answer.status() == Answer.Status.ANSWERED;
        Set<String> cited = answered ? cited(answer) : Set.of();
        Map<String, Integer> grades = collection.qrels().of(question.id());
        long relevant = grades.values().stream().filter(grade -> grade > 0).count();
        long right = cited.stream()
                .filter(document -> grades.getOrDefault(document, 0) > 0)
                .count();
        return new AnswerScore(
                question.id(),
                question.kind(),
                answerable,
                answer.status().name().toLowerCase(Locale.ROOT),
                String.join(" ", cited),
                answerable && answered ? (cited.isEmpty() ? 0 : (double) right / cited.size()) : null,
                answerable ? (double) right / relevant : null,
                answerable && !question.facts().isEmpty()
                        ? (answered ? Facts.share(question, answer.answer()) : 0)
                        : null,
                answer.evidence(),
                answer.statements().size(),
                (int) answer.statements().stream()
                        .filter(Answer.Statement::supported)
                        .count(),
                milliseconds);
    }

    private static Set<String> cited(Answer answer) {
        Map<Integer, String> sources = answer.sources().stream()
                .collect(Collectors.toMap(Passage::citation, Passage::documentId, (one, other) -> one));
        Set<String> cited = new LinkedHashSet<>();
        Citations.in(answer.answer()).forEach(number -> {
            if (sources.containsKey(number)) {
                cited.add(sources.get(number));
            }
        });
        return cited;
    }

    /** Over all questions that each measure is about, and over each kind of them. */
    List<Mean> means(List<AnswerScore> answers) {
        List<Mean> means = new ArrayList<>();
        add(means, answers, "refused, though answerable", score -> {
            return score.answerable() ? (score.status().equals("no_answer") ? 1 : 0) : Double.NaN;
        });
        add(means, answers, "no_answer to the unanswerable", score -> {
            return score.answerable() ? Double.NaN : score.status().equals("no_answer") ? 1 : 0;
        });
        add(means, answers, "failed", score -> score.status().equals("failed") ? 1 : 0);
        add(means, answers, "citation precision", score -> orNaN(score.citationPrecision()));
        add(means, answers, "citation recall", score -> orNaN(score.citationRecall()));
        add(
                means,
                answers,
                "supported statements",
                score -> score.statements() == 0 ? Double.NaN : (double) score.supported() / score.statements());
        add(means, answers, "facts in the answer", score -> orNaN(score.facts()));
        return means;
    }

    private static double orNaN(Double value) {
        return value == null ? Double.NaN : value;
    }

    private void add(List<Mean> means, List<AnswerScore> answers, String measure, ToDoubleFunction<AnswerScore> value) {
        Set<String> kinds = new LinkedHashSet<>();
        kinds.add(EvaluationReport.ALL);
        answers.stream().map(AnswerScore::kind).filter(kind -> kind != null).forEach(kinds::add);
        for (String kind : kinds) {
            double[] values = answers.stream()
                    .filter(score -> kind.equals(EvaluationReport.ALL) || kind.equals(score.kind()))
                    .mapToDouble(value)
                    .filter(each -> !Double.isNaN(each))
                    .toArray();
            if (values.length > 0) {
                means.add(Mean.of(
                        EvaluationReport.ANSWERS,
                        measure,
                        kind,
                        settings.bootstrap().mean(values)));
            }
        }
    }
}
