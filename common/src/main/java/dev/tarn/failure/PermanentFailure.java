package dev.tarn.failure;

/** This input will fail however often it is tried. Its message goes into the dead letter's headers. */
public final class PermanentFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PermanentFailure(String message) {
        super(message);
    }

    public PermanentFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the stack was too short for: something in the input nests, or repeats, without end. */
    public static PermanentFailure tooDeep(StackOverflowError cause) {
        return new PermanentFailure("it nests or repeats too deeply to be read", cause);
    }
}
