package dev.tarn.local.stack;

import java.net.URI;

/**
 * A server in this JVM that speaks Ollama's API.
 *
 * @param uri where it answers
 * @param server stops it
 */
public record OllamaStandIn(URI uri, AutoCloseable server) {

    /** Starts the server that stands in when no Ollama runs. */
    @FunctionalInterface
    public interface Starter {

        /**
         * Returns a server that answers already.
         *
         * @param port to listen on, on the loopback interface
         * @throws Exception if it can't start; the message tells the user why
         */
        OllamaStandIn start(int port) throws Exception;
    }
}
