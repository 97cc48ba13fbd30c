package dev.tarn.jobs.options;

import static dev.tarn.jobs.options.MountedFile.absolute;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.security.Secret;
import dev.tarn.security.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the models are. */
public final class OllamaOptions {
    private static final String API_KEY = "TARN_OLLAMA_API_KEY";

    private final Map<String, String> environment;

    @Option(
            names = "--ollama",
            paramLabel = "URL",
            defaultValue = "http://localhost:11434",
            description = "Ollama, or what speaks its API; https:// for TLS.")
    public URI uri;

    @Option(
            names = "--ollama-api-key-file",
            paramLabel = "FILE",
            description = "A file that holds the bearer token to send; without it, the variable TARN_OLLAMA_API_KEY.")
    public Path apiKeyFile;

    @Option(
            names = "--ollama-api-key",
            hidden = true,
            description = "Refused: a secret is no option.",
            converter = SecretValue.OfOllama.class)
    private String unusedKey;

    @Option(
            names = "--ollama-ca-file",
            paramLabel = "FILE",
            description = "The certificates to trust in place of the JVM's, in PEM; for https://.")
    public Path caFile;

    @Option(
            names = "--embedding-model",
            paramLabel = "NAME",
            defaultValue = "all-minilm",
            description = "The model that embeds documents and questions.")
    public String embeddingModel;

    @Option(
            names = "--embed-timeout",
            paramLabel = "DURATION",
            defaultValue = "PT1M",
            description = "For one embedding call (ISO 8601).",
            converter = Timeout.class)
    public Duration embedTimeout;

    public OllamaOptions() {
        this(System.getenv());
    }

    /** Takes secrets from these variables. */
    public OllamaOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    public OllamaSettings embedding() {
        return model(embeddingModel, embedTimeout);
    }

    /**
     * A model there.
     *
     * @throws Misconfiguration when the address can't be one, or does not fit the files
     */
    public OllamaSettings model(String name, Duration timeout) {
        if (caFile != null && !"https".equals(uri.getScheme())) {
            throw new Misconfiguration("--ollama has certificates, but no TLS: begin it with https://");
        }
        Secret apiKey = Secret.of(API_KEY, absolute(apiKeyFile), environment);
        return new OllamaSettings(uri, name, timeout, apiKey, Tls.trusting(absolute(caFile)));
    }
}
