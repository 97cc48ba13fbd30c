package dev.tarn.ollama;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an error of a model server means. Error bodies can repeat the input, so no message goes on.
 *
 * <p>Whatever is not the input's or the settings' fault passes: refused and broken connections, time-outs, 429, 5xx, and
 * replies that are not JSON, which come from a proxy in between.
 */
final class OllamaFailures {
    private static final Set<Integer> FORBIDDEN = Set.of(401, 403);

    private OllamaFailures() {}

    /** Runs a call and throws what its failure means. */
    static <T> T classified(OllamaSettings settings, Supplier<T> call) {
        try {
            return call.get();
        } catch (PermanentFailure | TransientFailure | Misconfiguration e) {
            throw e;
        } catch (RuntimeException e) {
            throw classify(settings, e);
        }
    }

    private static RuntimeException classify(OllamaSettings settings, RuntimeException e) {
        if (e instanceof ModelNotFoundException) {
            return notPulled(settings, e);
        }
        if (e instanceof AuthenticationException
                || e instanceof HttpException http && FORBIDDEN.contains(http.statusCode())) {
            return new Misconfiguration(
                    "The model server at " + settings.uri() + " denies access. Check TARN_OLLAMA_API_KEY.", e);
        }
        if (e instanceof InvalidRequestException) {
            return new PermanentFailure("the model " + settings.model() + " refuses the input", e);
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new TransientFailure(
                "The model server at " + settings.uri() + " can't answer now: "
                        + root.getClass().getSimpleName(),
                e);
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
