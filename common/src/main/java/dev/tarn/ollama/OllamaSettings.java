package dev.tarn.ollama;

import dev.tarn.failure.Misconfiguration;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Where Ollama is, and which model is asked.
 *
 * @param uri the server's address, {@code http://} or {@code https://}
 * @param model the model's name, with or without tag
 * @param timeout for one call, from sending to the last byte of the reply
 * @param apiKey sent as a bearer token to a proxy that asks for one, or null
 */
public record OllamaSettings(URI uri, String model, Duration timeout, String apiKey) implements Serializable {
    private static final String DEFAULT_TAG = ":latest";

    /**
     * Checks what no call could be made with.
     *
     * @throws Misconfiguration saying which, without the key
     */
    public OllamaSettings {
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw new Misconfiguration("--ollama must be http://host:port or https://host:port");
        }
        if (uri.getUserInfo() != null) {
            throw new Misconfiguration("--ollama takes no user and password; set TARN_OLLAMA_API_KEY");
        }
        if (apiKey != null && apiKey.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new Misconfiguration(
                    "TARN_OLLAMA_API_KEY has a blank, a line break or another character that no" + " bearer token has");
        }
    }

    /** The model's name as the server lists it. */
    String taggedModel() {
        String name = model.substring(model.lastIndexOf('/') + 1);
        return name.contains(":") ? model : model + DEFAULT_TAG;
    }

    @Override
    public String toString() {
        return "OllamaSettings[" + uri.getHost() + ":" + uri.getPort() + ", " + model + "]";
    }
}
