package dev.tarn.failure;

/** No input can succeed until somebody changes a setting. The message says what is wrong and what to do about it. */
public final class Misconfiguration extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Misconfiguration(String message) {
        super(message);
    }

    public Misconfiguration(String message, Throwable cause) {
        super(message, cause);
    }
}
