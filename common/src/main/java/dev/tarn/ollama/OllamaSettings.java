package dev.tarn.ollama;

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

    @Override
    public String toString() {
        return "OllamaSettings[" + uri.getHost() + ":" + uri.getPort() + ", " + model + "]";
    }
}
