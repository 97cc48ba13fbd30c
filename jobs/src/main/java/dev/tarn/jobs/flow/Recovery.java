package dev.tarn.jobs.flow;

/** Where the elements that an asynchronous stage had under way come from after a failure. */
public enum Recovery {
    /** They are in the stage's part of each checkpoint, and are submitted again. */
    FROM_STATE,
    /** They are in no checkpoint: the job's source goes back to what is not done by itself. */
    FROM_SOURCE
}
