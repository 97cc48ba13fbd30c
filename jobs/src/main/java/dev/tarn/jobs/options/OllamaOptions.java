package dev.tarn.jobs.options;

import dev.tarn.ollama.OllamaSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the models are. */
public final class OllamaOptions {
    private final Secrets secrets;

    @Option(
            names = "--ollama",
            paramLabel = "URL",
            defaultValue = "http://localhost:11434",
            description = "Ollama, or what speaks its API."
                    + " A bearer token comes from TARN_OLLAMA_API_KEY, or the file TARN_OLLAMA_API_KEY_FILE names.")
    public URI uri;

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
        secrets = new Secrets(environment);
    }

    public OllamaSettings embedding() {
        return model(embeddingModel, embedTimeout);
    }

    public OllamaSettings model(String name, Duration timeout) {
        return new OllamaSettings(uri, name, timeout, secrets.value("TARN_OLLAMA_API_KEY"));
    }
}
