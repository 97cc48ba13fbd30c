package dev.tarn.jobs.flow;

import dev.tarn.jobs.metrics.Metrics;
import dev.tarn.jobs.metrics.OutsideSystem;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.ollama.OllamaEmbedder;
import dev.tarn.ollama.OllamaSettings;

/**
 * The embedding model of a task, which its stages share.
 *
 * @param embedder refuses vectors of another dimension from then on
 * @param info what the model was when the task began
 */
public record TaskModel(OllamaEmbedder embedder, EmbeddingModelInfo info) implements AutoCloseable {

    /**
     * The task's model; the stage that is the first to need it asks the server which one that is.
     *
     * @throws dev.tarn.failure.TransientFailure when the server can't answer now
     * @throws dev.tarn.failure.Misconfiguration when it does not have the model
     */
    public static TaskModel of(TaskClients clients, OllamaSettings settings, Metrics metrics) {
        return metrics.system(OutsideSystem.OLLAMA).call(() -> clients.get(TaskModel.class, () -> open(settings)));
    }

    private static TaskModel open(OllamaSettings settings) {
        OllamaEmbedder embedder = new OllamaEmbedder(settings);
        try {
            return new TaskModel(embedder, embedder.describe());
        } catch (RuntimeException e) {
            embedder.close();
            throw e;
        }
    }

    @Override
    public void close() {
        embedder.close();
    }
}
