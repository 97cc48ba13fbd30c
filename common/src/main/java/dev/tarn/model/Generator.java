package dev.tarn.model;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.question.Prompt;

/** Writes an answer to a prompt. */
public interface Generator extends AutoCloseable {

    /** The model's name, as answers report it. */
    String model();

    /**
     * Checks that the server has the model.
     *
     * @throws Misconfiguration when it does not
     * @throws TransientFailure when the server can't answer now
     */
    void check();

    /**
     * Generates the answer, as far as the model's context has room for it.
     *
     * @throws PermanentFailure when the model refuses the prompt, or answers nothing
     * @throws TransientFailure when the server can't answer now
     * @throws Misconfiguration when the server no longer has the model
     */
    Generation generate(Prompt prompt);

    @Override
    void close();
}
