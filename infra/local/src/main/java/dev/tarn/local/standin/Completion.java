package dev.tarn.local.standin;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;

/**
 * A reply of the chat model: a piece of a stream, its end, or the whole. Durations are in nanoseconds.
 *
 * @param message of a chat, or null
 * @param response of a generation, or null
 * @param text what goes into either
 */
record Completion(
        String model,
        String createdAt,
        Message message,
        String response,
        @JsonIgnore String text,
        boolean done,
        String doneReason,
        Long totalDuration,
        Long loadDuration,
        Integer promptEvalCount,
        Long promptEvalDuration,
        Integer evalCount,
        Long evalDuration) {

    record Message(String role, String content) {
        Message {
            role = role == null ? "" : role;
        }

        @JsonIgnore
        String text() {
            return content == null ? "" : content;
        }
    }

    static Completion piece(String model, String text) {
        return new Completion(model, now(), null, null, text, false, null, null, null, null, null, null, null);
    }

    static Completion empty(String model, boolean unloads) {
        String reason = unloads ? "unload" : "load";
        return new Completion(model, now(), null, null, "", true, reason, null, null, null, null, null, null);
    }

    static Completion done(String model, String text, boolean isWhole, int promptTokens, int answerTokens) {
        String reason = isWhole ? "stop" : "length";
        return new Completion(
                model, now(), null, null, text, true, reason, null, null, promptTokens, null, answerTokens, null);
    }

    Completion withNanos(long total, long load, long reading) {
        long writing = total - load - reading;
        return new Completion(
                model,
                createdAt,
                message,
                response,
                text,
                done,
                doneReason,
                total,
                load,
                promptEvalCount,
                reading,
                evalCount,
                writing);
    }

    Completion withoutText() {
        return with(message, response, "");
    }

    Completion inMessage() {
        return with(new Message("assistant", text), null, text);
    }

    Completion inResponse() {
        return with(null, text, text);
    }

    private Completion with(Message newMessage, String newResponse, String newText) {
        return new Completion(
                model,
                createdAt,
                newMessage,
                newResponse,
                newText,
                done,
                doneReason,
                totalDuration,
                loadDuration,
                promptEvalCount,
                promptEvalDuration,
                evalCount,
                evalDuration);
    }

    private static String now() {
        return Instant.now().toString();
    }
}
