package dev.tarn.deadletter;

import dev.tarn.failure.Redacted;
import dev.tarn.source.SourceHeader;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A record that failed for good.
 *
 * @param source the record, untouched
 * @param stage the step that refused it: parse, chunk, embed, index, retrieve or answer
 * @param reason why, for a person
 * @param errorClass the simple name of the exception's class
 */
public record DeadLetter(SourceRecord source, String stage, String reason, String errorClass) {
    public static final String STAGE = "tarn-error-stage";
    public static final String REASON = "tarn-error-reason";
    public static final String ERROR_CLASS = "tarn-error-class";
    public static final String SOURCE_TOPIC = "tarn-source-topic";
    public static final String SOURCE_GENERATION = "tarn-source-generation";
    public static final String SOURCE_PARTITION = "tarn-source-partition";
    public static final String SOURCE_OFFSET = "tarn-source-offset";

    public static final String SOURCE_TIMESTAMP = "tarn-source-timestamp";

    /** The size of a value of which the dead letter has the beginning only. Such a letter can't be sent back. */
    public static final String CUT_VALUE_BYTES = "tarn-error-cut-value-bytes";

    private static final int MAX_REASON = 500;

    public static DeadLetter of(SourceRecord source, String stage, Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String reason = message.length() > MAX_REASON ? message.substring(0, MAX_REASON) + "…" : message;
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        String errorClass = cause instanceof Redacted redacted
                ? redacted.original()
                : cause.getClass().getSimpleName();
        return new DeadLetter(source, stage, reason, errorClass);
    }

    /** The record's own headers, then those that say what happened; those of an earlier failure are replaced. */
    public List<SourceHeader> headers() {
        List<SourceHeader> headers = new ArrayList<>();
        for (SourceHeader header : source.headers()) {
            if (!isOwn(header.key())) {
                headers.add(header);
            }
        }
        headers.add(header(STAGE, stage));
        headers.add(header(REASON, reason));
        headers.add(header(ERROR_CLASS, errorClass));
        headers.add(header(SOURCE_TOPIC, source.position().topic()));
        headers.add(header(SOURCE_GENERATION, source.position().generation()));
        headers.add(header(SOURCE_PARTITION, Integer.toString(source.position().partition())));
        headers.add(header(SOURCE_OFFSET, Long.toString(source.position().offset())));
        headers.add(header(
                SOURCE_TIMESTAMP, Long.toString(source.position().timestamp().toEpochMilli())));
        return headers;
    }

    /** Whether a header was added by a dead letter, and is dropped when the record is sent back. */
    public static boolean isOwn(String header) {
        return header.startsWith("tarn-error-") || header.startsWith("tarn-source-");
    }

    private static SourceHeader header(String key, String value) {
        return new SourceHeader(key, value.getBytes(StandardCharsets.UTF_8));
    }
}
