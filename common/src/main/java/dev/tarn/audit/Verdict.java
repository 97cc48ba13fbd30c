package dev.tarn.audit;

/**
 * What the index makes of one record.
 *
 * @param state how the index stands to it
 * @param detail what differs, for a person; empty where nothing does
 */
public record Verdict(State state, String detail) {
    public static final Verdict EQUAL = new Verdict(State.EQUAL, "");
    public static final Verdict SETTLED = new Verdict(State.SETTLED, "");
    public static final Verdict SUPERSEDED = new Verdict(State.SUPERSEDED, "");
    public static final Verdict MOVING = new Verdict(State.MOVING, "");

    /** How the index stands to a record. */
    public enum State {
        /** It holds just what the record says. */
        EQUAL,
        /** It holds what the record says, or a greater version, though of another record. */
        SETTLED,
        /** It holds a later record. */
        SUPERSEDED,
        /** The document was replaced each time it was looked at. */
        MOVING,
        /** It holds nothing of the document. */
        MISSING,
        /** It holds an earlier record. */
        STALE,
        /** It holds the record, but not all of it, or something else than it says. */
        DAMAGED
    }

    public static Verdict missing(String detail) {
        return new Verdict(State.MISSING, detail);
    }

    public static Verdict stale(String detail) {
        return new Verdict(State.STALE, detail);
    }

    public static Verdict damaged(String detail) {
        return new Verdict(State.DAMAGED, detail);
    }

    /** Whether this is a difference. */
    public boolean differs() {
        return state == State.MISSING || state == State.STALE || state == State.DAMAGED;
    }
}
