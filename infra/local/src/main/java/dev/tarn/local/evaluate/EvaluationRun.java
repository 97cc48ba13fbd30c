package dev.tarn.local.evaluate;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.index.IndexSpec;
import dev.tarn.local.benchmark.Circumstances;
import dev.tarn.local.benchmark.Events;
import dev.tarn.local.evaluate.EvaluationReport.AnswerScore;
import dev.tarn.local.evaluate.EvaluationReport.Approximation;
import dev.tarn.local.evaluate.EvaluationReport.Mean;
import dev.tarn.local.evaluate.EvaluationReport.Score;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import dev.tarn.redis.RedisStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Evaluates one collection of a stack that runs. */
public final class EvaluationRun {
    private static final int NEAREST = 10;

    private final EvaluationSettings settings;
    private final TestCollection collection;
    private final Access access;
    private final Events events;
    private final Scoring scoring;

    /** Measures nothing yet. */
    public EvaluationRun(EvaluationSettings settings, TestCollection collection, Access access, Events events) {
        this.settings = settings;
        this.collection = collection;
        this.access = access;
        this.events = events;
        scoring = new Scoring(collection, settings);
    }

    /**
     * Measures.
     *
     * @param runs a folder for run files and judgments, or null
     * @throws Misconfiguration when there is no index, or nothing in the collection
     */
    public EvaluationReport run(Path runs) throws IOException {
        IndexSpec spec = RedisStatus.spec(access.redis());
        if (spec == null) {
            throw new Misconfiguration("there is no index in this Redis");
        }
        ChunkingSettings chunking = spec.chunking();
        List<EvaluatedDocument> documents = Documents.read(access.kafka(), settings.collection(), chunking);
        requireJudged(documents);
        try (OllamaEmbedder embedder = new OllamaEmbedder(access.embedding());
                RedisIndex index = RedisIndex.openForReading(
                        access.redis(), new IndexSettings(embedder.describe(), chunking, access.engine()))) {
            Vectors vectors = new Vectors(embedder, index.keptEmbeddings());
            Map<String, float[]> questions = new HashMap<>();
            List<float[]> embedded = embed(
                    vectors,
                    "questions",
                    collection.questions().stream().map(TestQuestion::text).toList());
            for (int i = 0; i < embedded.size(); i++) {
                questions.put(collection.questions().get(i).id(), embedded.get(i));
            }
            try (Searchers searchers = new Searchers(documents, index, settings, texts(vectors))) {
                return report(documents, spec, searchers, questions, runs);
            }
        }
    }

    private Searchers.Embedding texts(Vectors vectors) {
        return (what, texts) -> embed(vectors, what, texts);
    }

    private List<float[]> embed(Vectors vectors, String what, List<String> texts) {
        try (Events.Bar bar = events.begin("Vectors of " + what, texts.size())) {
            return vectors.of(texts, bar);
        }
    }

    private void requireJudged(List<EvaluatedDocument> documents) {
        if (documents.isEmpty()) {
            throw new Misconfiguration("there are no documents in the collection " + settings.collection());
        }
        if (collection.answerable().isEmpty()) {
            throw new Misconfiguration(
                    "no question has a relevant document: give --qrels, or questions that name theirs");
        }
        Set<String> ids = documents.stream().map(EvaluatedDocument::id).collect(Collectors.toSet());
        long missing = collection.qrels().grades().values().stream()
                .flatMap(grades -> grades.entrySet().stream())
                .filter(judged -> judged.getValue() > 0 && !ids.contains(judged.getKey()))
                .map(Map.Entry::getKey)
                .distinct()
                .count();
        if (missing > 0) {
            events.line(missing + " relevant documents are not in the collection " + settings.collection()
                    + ": nothing can find them");
        }
    }

    private EvaluationReport report(
            List<EvaluatedDocument> documents,
            IndexSpec spec,
            Searchers searchers,
            Map<String, float[]> questions,
            Path runs)
            throws IOException {
        List<Score> scores = new ArrayList<>();
        List<EvaluationReport.Latency> latencies = new ArrayList<>();
        List<EvaluationReport.Threshold> thresholds = new ArrayList<>();
        List<EvaluationReport.Signal> signals = new ArrayList<>();
        for (Configuration configuration : settings.configurations()) {
            Evaluated evaluated = search(configuration, searchers.of(configuration), questions);
            scores.addAll(scoring.scores(evaluated));
            latencies.add(scoring.latency(evaluated));
            thresholds.addAll(scoring.thresholds(evaluated));
            signals.addAll(scoring.signals(evaluated));
            if (runs != null) {
                TrecFiles.run(runs.resolve(configuration + ".run"), configuration.toString(), evaluated.rankings());
            }
        }
        if (runs != null) {
            TrecFiles.qrels(runs.resolve("qrels.txt"), scoring.qrels());
        }
        List<Mean> means = new ArrayList<>(scoring.means(scores));
        List<AnswerScore> answers = List.of();
        if (settings.answers()) {
            AnswerRound round = new AnswerRound(collection, settings);
            answers = round.ask(access.kafka(), events);
            means.addAll(round.means(answers));
        }
        return new EvaluationReport(
                circumstances(documents, spec),
                means,
                scoring.comparisons(scores),
                latencies,
                approximation(searchers, questions),
                thresholds,
                signals,
                answers,
                scores);
    }

    private Evaluated search(Configuration configuration, Searcher searcher, Map<String, float[]> vectors) {
        Map<String, Ranking> rankings = new LinkedHashMap<>();
        Map<String, List<Hit>> passages = new LinkedHashMap<>();
        List<Double> milliseconds = new ArrayList<>();
        try (Events.Bar bar = events.begin(
                "Searching, " + configuration, collection.questions().size())) {
            for (TestQuestion question : collection.questions()) {
                float[] vector = vectors.get(question.id());
                rankings.put(question.id(), Ranking.of(searcher.ranking(question, vector, settings.depth())));
                long start = System.nanoTime();
                passages.put(question.id(), searcher.search(question, vector, settings.passages()));
                milliseconds.add((System.nanoTime() - start) / 1e6);
                bar.accept(rankings.size());
            }
        }
        return new Evaluated(configuration, rankings, passages, milliseconds);
    }

    /** Of the chunks, not of the documents: it is the index that is looked at, not the model. */
    private Approximation approximation(Searchers searchers, Map<String, float[]> vectors) {
        if (!settings.configurations().contains(Configuration.DENSE)
                || !settings.configurations().contains(Configuration.EXACT)) {
            return null;
        }
        Searcher exact = searchers.of(Configuration.EXACT);
        Searcher index = searchers.of(Configuration.DENSE);
        double[] recalls = collection.questions().stream()
                .mapToDouble(question -> {
                    float[] vector = vectors.get(question.id());
                    Set<String> nearest = chunks(exact.search(question, vector, NEAREST));
                    Set<String> found = chunks(index.search(question, vector, NEAREST));
                    long wanted = nearest.size();
                    nearest.retainAll(found);
                    return (double) nearest.size() / wanted;
                })
                .toArray();
        Interval interval = settings.bootstrap().mean(recalls);
        return new Approximation(NEAREST, interval.questions(), interval.mean(), interval.low(), interval.high());
    }

    private static Set<String> chunks(List<Hit> hits) {
        return hits.stream().map(hit -> hit.document() + '\n' + hit.hash()).collect(Collectors.toSet());
    }

    private Map<String, Object> circumstances(List<EvaluatedDocument> documents, IndexSpec spec) {
        Map<String, Object> all = new LinkedHashMap<>(Circumstances.machine());
        all.put("collection", settings.collection());
        all.put("documents", documents.size());
        all.put(
                "chunks",
                documents.stream()
                        .map(EvaluatedDocument::chunks)
                        .mapToInt(List<Chunk>::size)
                        .sum());
        all.put("questions", collection.answerable().size());
        all.put("questions without an answer", collection.unanswerable().size());
        all.put("embedding model", spec.embeddingModel());
        all.put("chunker", spec.chunker());
        all.put("engine", spec.engine() + " " + spec.hnsw());
        all.put("efSearch", access.engine().hnsw().efSearch());
        all.put("k", settings.k());
        all.put("passages for a ranking", settings.depth());
        all.put("seed", settings.seed());
        return all;
    }
}
