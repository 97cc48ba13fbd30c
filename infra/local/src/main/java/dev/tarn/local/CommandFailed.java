package dev.tarn.local;

/** A command could not do what it was asked; the message says why and what to do. */
final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailed(String message) {
        super(message);
    }
}
