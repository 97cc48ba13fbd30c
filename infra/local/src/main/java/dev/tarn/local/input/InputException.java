package dev.tarn.local.input;

/** One input that can't be published; the message names it and says why. */
public final class InputException extends Exception {
    private static final long serialVersionUID = 1L;

    public InputException(String origin, String reason, Throwable cause) {
        super(origin + ": " + reason, cause);
    }
}
