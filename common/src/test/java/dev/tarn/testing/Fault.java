package dev.tarn.testing;

import java.time.Duration;

/** What {@link FakeOllama} does instead of answering well. */
public sealed interface Fault {

    /** Answers with an HTTP status, and an error that repeats the request, as servers do. */
    record Status(int code) implements Fault {
        public static final Status REFUSES_INPUT = new Status(400);
        public static final Status UNAUTHORIZED = new Status(401);
        public static final Status FORBIDDEN = new Status(403);
        public static final Status MODEL_MISSING = new Status(404);
        public static final Status TOO_MANY_REQUESTS = new Status(429);
        public static final Status INTERNAL_ERROR = new Status(500);
        public static final Status BUSY = new Status(503);
    }

    /** Answers well, but this much later, or as soon as the fault is cleared. */
    record Delay(Duration time) implements Fault {
        /** Answers when the fault is cleared. */
        public static final Delay UNTIL_CLEARED = new Delay(Duration.ofHours(1));
    }

    /** Answers with a body that is no good. */
    enum Body implements Fault {
        /** The connection ends within the body. */
        CUT_OFF,
        /** Half of the body comes; the rest when the fault is cleared. */
        STALLED,
        /** A page of HTML, as from a proxy. */
        NOT_JSON,
        /** JSON, but without any field that is expected. */
        EMPTY_OBJECT
    }

    /** Answers an embed call with vectors that are no good. */
    enum Vectors implements Fault {
        /** The last text gets none. */
        ONE_SHORT,
        /** The model computes NaN, which JSON can't say: Ollama answers 500 and the words "unsupported value: NaN". */
        NOT_A_NUMBER,
        /** The last is too long for a float. */
        INFINITE,
        /** The last is zero throughout. */
        ZERO,
        /** The last has one dimension more. */
        OTHER_DIMENSION
    }
}
