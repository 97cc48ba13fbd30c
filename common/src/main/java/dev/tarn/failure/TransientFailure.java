package dev.tarn.failure;

/** The outside system can't serve the call now, and may later: an outage, a full queue, a timeout. */
public final class TransientFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TransientFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
