package dev.tarn.local.stack;

import java.net.URI;

/**
 * Where the outside systems answer. A running stack knows all of them.
 *
 * @param kafka bootstrap servers
 * @param flink REST address, which is also the web UI's
 */
public record Endpoints(String kafka, URI redis, URI ollama, URI flink) {

    public static final Endpoints NONE = new Endpoints(null, null, null, null);
}
