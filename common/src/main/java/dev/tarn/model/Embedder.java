package dev.tarn.model;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import java.util.List;

/** Turns texts into vectors. */
public interface Embedder extends AutoCloseable {

    /**
     * Asks the server which model this is.
     *
     * @throws Misconfiguration when the server does not have the model, or it does not embed
     * @throws TransientFailure when the server can't answer now
     */
    EmbeddingModelInfo describe();

    /**
     * Embeds the texts in one call.
     *
     * @param texts 1 or more
     * @return a vector for each text, in order, each of the model's dimension with finite values
     * @throws PermanentFailure when the model refuses one of the texts, or answers with something else than vectors
     * @throws TransientFailure when the server can't answer now
     * @throws Misconfiguration when the server no longer has the model, or has another one under its name
     */
    List<float[]> embed(List<String> texts);

    @Override
    void close();
}
