package dev.tarn.jobs.query;

import dev.tarn.jobs.flow.TaskClients;
import dev.tarn.jobs.flow.TaskModel;
import dev.tarn.jobs.flow.Worker;
import dev.tarn.jobs.metrics.MeteredEmbedder;
import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.model.Embedder;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.question.AskedQuestion;
import dev.tarn.question.EmbeddedQuestion;
import java.util.List;

/** Embeds a question. */
record EmbedQuestion(Embedder embedder) implements Worker<AskedQuestion, EmbeddedQuestion> {

    /** Opens the client, and checks that the server has the model. */
    static EmbedQuestion open(OllamaSettings model, Metrics metrics, TaskClients clients) {
        return new EmbedQuestion(
                new MeteredEmbedder(TaskModel.of(clients, model, metrics).embedder(), metrics));
    }

    @Override
    public EmbeddedQuestion apply(AskedQuestion asked) {
        Stopwatch watch = Stopwatch.start();
        float[] vector = embedder.embed(List.of(asked.question().question())).get(0);
        return new EmbeddedQuestion(asked, vector, watch.elapsedMs());
    }
}
