package dev.tarn.local.benchmark;

import dev.tarn.jobs.options.OllamaOptions;
import dev.tarn.ollama.OllamaEmbedder;
import java.net.URI;
import picocli.CommandLine;

/**
 * A model server with its models.
 *
 * @param name for a person
 * @param isFree whether its models compute nothing
 */
record Model(String name, URI uri, String embedding, String chat, boolean isFree) {

    /** A client of the embedding model. */
    OllamaEmbedder embedder() {
        OllamaOptions options = new OllamaOptions();
        new CommandLine(options).parseArgs("--ollama", uri.toString(), "--embedding-model", embedding);
        return new OllamaEmbedder(options.embedding());
    }
}
