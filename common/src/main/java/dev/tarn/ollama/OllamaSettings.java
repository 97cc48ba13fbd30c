package dev.tarn.ollama;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.security.Secret;
import dev.tarn.security.Tls;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;

/**
 * Where Ollama is, and which model is asked.
 *
 * @param uri the server's address, {@code http://} or {@code https://}
 * @param model the model's name, with or without tag
 * @param timeout for one call, from sending to the last byte of the reply
 * @param apiKey where the bearer token is for a proxy that asks for one, or null
 * @param tls what {@code https://} trusts
 */
public record OllamaSettings(URI uri, String model, Duration timeout, Secret apiKey, Tls tls) implements Serializable {
    private static final String DEFAULT_TAG = ":latest";

    /**
     * Checks what no call could be made with.
     *
     * @throws Misconfiguration saying which, without a password
     */
    public OllamaSettings {
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw new Misconfiguration("--ollama must be http://host:port or https://host:port");
        }
        if (uri.getUserInfo() != null) {
            throw new Misconfiguration("--ollama takes no user and password; set TARN_OLLAMA_API_KEY");
        }
    }

    /** Without a token, over plain HTTP or with what the JVM trusts. */
    public OllamaSettings(URI uri, String model, Duration timeout) {
        this(uri, model, timeout, null, Tls.DEFAULT);
    }

    /**
     * Reads the bearer token.
     *
     * @return null where there is none
     * @throws Misconfiguration when it can't be one; it does not repeat it
     */
    String readApiKey() {
        String key = apiKey == null ? null : apiKey.read();
        if (key != null && key.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new Misconfiguration(
                    "TARN_OLLAMA_API_KEY has a blank, a line break or another character that no bearer token has");
        }
        return key;
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
