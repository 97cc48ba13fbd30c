package dev.tarn.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.Embedder;
import dev.tarn.model.EmbedderContract;
import java.util.List;
import org.junit.jupiter.api.Test;

@GivenOllama.Needed
class GivenOllamaEmbedderTest extends EmbedderContract {
    private static final int UNKNOWN_TO_ITS_CONTEXT = 100_000;

    @Override
    protected Embedder open() {
        return new OllamaEmbedder(GivenOllama.embedding());
    }

    @Override
    protected Embedder openWithUnknownModel() {
        return new OllamaEmbedder(OllamaFixture.withModel(GivenOllama.embedding(), "no-such-model"));
    }

    @Override
    protected Embedder openUnreachable() {
        return new OllamaEmbedder(OllamaFixture.unreachable(GivenOllama.embedding()));
    }

    @Test
    void aTextFarLongerThanTheModelReadsIsEmbeddedToo() {
        try (Embedder embedder = open()) {
            assertThat(embedder.embed(List.of("lake ".repeat(UNKNOWN_TO_ITS_CONTEXT), "lake")))
                    .hasSize(2);
        }
    }
}
