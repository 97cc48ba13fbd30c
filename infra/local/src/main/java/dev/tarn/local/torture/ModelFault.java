package dev.tarn.local.torture;

/** What a {@link ModelServer} does instead of answering well. */
public enum ModelFault {
    /** Nobody listens. */
    REFUSING,
    /** HTTP 500. */
    ERROR,
    /** HTTP 503, as Ollama answers when its queue is full. */
    BUSY,
    /** Answers well, but later than anybody waits. */
    SLOW,
    /** Takes the request, and answers once the fault is over. */
    HANGING,
    /** The connection ends within the body. */
    CUT_OFF,
    /** The last text gets no vector. */
    SHORT_OF_VECTORS,
    /** What Ollama answers when the model computes NaN, which JSON can't say. */
    NOT_A_NUMBER,
    /** Vectors with one dimension more. */
    WRONG_DIMENSION,
    /** The model is not there. */
    NOT_PULLED
}
