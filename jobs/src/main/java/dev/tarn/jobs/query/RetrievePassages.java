package dev.tarn.jobs.query;

import dev.tarn.index.Search;
import dev.tarn.jobs.flow.TaskClients;
import dev.tarn.jobs.flow.TaskModel;
import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MeteredIndex;
import dev.tarn.jobs.metrics.MetricName;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.jobs.metrics.OutsideSystem;
import dev.tarn.question.EmbeddedQuestion;
import dev.tarn.question.GroundedQuestion;
import dev.tarn.question.Passage;
import dev.tarn.question.Question;
import dev.tarn.redis.IndexSettings;
import dev.tarn.redis.RedisIndex;
import dev.tarn.retrieval.Retriever;
import java.util.List;
import org.apache.flink.metrics.Histogram;

/** Finds the passages for a question, and measures how long that takes. */
record RetrievePassages(Retriever retriever, int topK, double minScore, Histogram milliseconds)
        implements Worker<EmbeddedQuestion, GroundedQuestion> {

    /** Opens the clients, and checks that the index was made by this model. */
    static RetrievePassages open(QuerySettings settings, Metrics metrics, TaskClients clients) {
        TaskModel model = TaskModel.of(clients, settings.embeddingModel(), metrics);
        IndexSettings made = new IndexSettings(model.info(), null, settings.engine());
        RedisIndex index = metrics.system(OutsideSystem.REDIS)
                .call(() -> clients.get(RedisIndex.class, () -> RedisIndex.openForReading(settings.redis(), made)));
        return new RetrievePassages(
                new Retriever(new MeteredIndex(index, metrics), settings.retrieval()),
                settings.topK(),
                settings.minScore(),
                metrics.histogram(MetricName.RETRIEVE));
    }

    @Override
    public GroundedQuestion apply(EmbeddedQuestion embedded) {
        Stopwatch watch = Stopwatch.start();
        Question question = embedded.asked().question();
        List<Passage> passages = retriever.retrieve(new Search(
                question.collection(),
                embedded.vector(),
                question.topK() == null ? topK : question.topK(),
                question.minScore() == null ? minScore : question.minScore(),
                question.filter(),
                question.question()));
        long retrieveMs = watch.elapsedMs();
        milliseconds.update(retrieveMs);
        return new GroundedQuestion(embedded.asked(), passages, embedded.embedMs(), retrieveMs);
    }

    @Override
    public void close() {
        retriever.close();
    }
}
