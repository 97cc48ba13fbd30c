package dev.tarn.failure;

/**
 * Stands in as the cause for an exception whose message may repeat a document, a question or a secret: its class and where
 * it was thrown, without the message.
 */
public final class Redacted extends Exception {
    private static final long serialVersionUID = 1L;

    private final String original;

    private Redacted(Throwable original) {
        super(original.getClass().getName() + ", its message is withheld");
        this.original = original.getClass().getSimpleName();
        setStackTrace(original.getStackTrace());
    }

    /** The exception, and what caused it, without their messages. */
    public static Redacted of(Throwable exception) {
        Redacted redacted = new Redacted(exception);
        if (exception.getCause() != null) {
            redacted.initCause(of(exception.getCause()));
        }
        return redacted;
    }

    /** The simple name of the exception's class. */
    public String original() {
        return original;
    }
}
