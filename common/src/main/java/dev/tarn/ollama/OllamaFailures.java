package dev.tarn.ollama;

import dev.langchain4j.exception.HttpException;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.Redacted;
import dev.tarn.failure.TransientFailure;
import dev.tarn.security.Tls;

/**
 * What an error of a model server means. Error bodies can repeat the input, so no message goes on.
 *
 * <p>Whatever is not the input's or the settings' fault passes: refused and broken connections, time-outs, 408, 429, 5xx, and
 * replies that are not JSON, which come from a proxy in between. JSON without the fields that are read, on which the client
 * falls with a NullPointerException, comes from the model. Two errors say by their text alone what they are: a vector
 * that holds NaN, which JSON can't say and Ollama answers with 500 for the same text every time; and a model of another
 * kind, 400 or 500 by the version of Ollama.
 */
final class OllamaFailures {
    private static final String NOT_A_NUMBER = "unsupported value: NaN";
    private static final String OTHER_KIND = "does not support";

    private OllamaFailures() {}

    static RuntimeException classify(OllamaSettings settings, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof HttpException http) {
            return classify(settings, http);
        }
        if (Tls.isUntrusted(failure)) {
            return new Misconfiguration(
                    "The certificate of the model server at " + settings.uri()
                            + " is not trusted, or is another host's." + " Check --ollama-ca-file.",
                    Redacted.of(failure));
        }
        if (root instanceof NullPointerException) {
            return new PermanentFailure(
                    "the model " + settings.model() + " answered without what it was asked for", Redacted.of(failure));
        }
        return new TransientFailure(
                "The model server at " + settings.uri() + " can't answer now: "
                        + root.getClass().getSimpleName(),
                Redacted.of(failure));
    }

    private static RuntimeException classify(OllamaSettings settings, HttpException error) {
        Redacted cause = Redacted.of(error);
        String body = String.valueOf(error.getMessage());
        int status = error.statusCode();
        if (body.contains(NOT_A_NUMBER)) {
            return new PermanentFailure("the model " + settings.model() + " computes no number for the input", cause);
        }
        if (body.contains(OTHER_KIND)) {
            return new Misconfiguration(
                    "The model " + settings.model() + " at " + settings.uri()
                            + " can't do this. Choose an embedding model for embedding, and a chat model for answering.",
                    cause);
        }
        return switch (status) {
            case 401, 403 ->
                new Misconfiguration(
                        "The model server at " + settings.uri() + " denies access. Check the bearer token:"
                                + " TARN_OLLAMA_API_KEY or --ollama-api-key-file.",
                        cause);
            case 404 -> notPulled(settings, cause);
            case 408, 429 -> busy(settings, status, cause);
            default ->
                status >= 500
                        ? busy(settings, status, cause)
                        : status >= 400
                                ? new PermanentFailure(
                                        "the model " + settings.model() + " refuses the input: HTTP " + status, cause)
                                : notOllama(settings, cause);
        };
    }

    private static TransientFailure busy(OllamaSettings settings, int status, Redacted cause) {
        return new TransientFailure(
                "The model server at " + settings.uri() + " can't answer now: HTTP " + status, cause);
    }

    static Misconfiguration notPulled(OllamaSettings settings, Throwable cause) {
        return new Misconfiguration(
                "The model server at " + settings.uri() + " does not have the model " + settings.model()
                        + ". On its machine, run: ollama pull " + settings.model(),
                cause);
    }

    static Misconfiguration notOllama(OllamaSettings settings, Throwable cause) {
        return new Misconfiguration(
                "What answers at " + settings.uri() + " does not speak Ollama's API. Check --ollama.", cause);
    }
}
