package dev.tarn.local.stack;

/** A part of the stack did not do what was asked. The message is written for the user, and complete without a trace. */
public final class StackException extends RuntimeException {

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
