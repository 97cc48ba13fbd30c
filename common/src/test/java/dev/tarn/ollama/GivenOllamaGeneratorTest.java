package dev.tarn.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.model.GeneratorContract;
import dev.tarn.question.Prompt;
import org.junit.jupiter.api.Test;

@GivenOllama.Needed
class GivenOllamaGeneratorTest extends GeneratorContract {
    private static final int CONTEXT = 2_048;

    @Override
    protected Generator open() {
        return new OllamaGenerator(GivenOllama.chat(), CONTEXT);
    }

    @Override
    protected Generator openWithUnknownModel() {
        return new OllamaGenerator(OllamaFixture.withModel(GivenOllama.chat(), "no-such-model"), CONTEXT);
    }

    @Override
    protected Generator openUnreachable() {
        return new OllamaGenerator(OllamaFixture.unreachable(GivenOllama.chat()), CONTEXT);
    }

    /** By which a prompt that was cut is recognized. */
    @Test
    void aPromptThatIsLongerThanTheContextCountsAsNoLessThanIt() {
        try (Generator generator = open()) {
            Generation generation =
                    generator.generate(new Prompt("Repeat the last word.", "lake ".repeat(2 * CONTEXT)));

            assertThat(generation.promptTokens()).isGreaterThanOrEqualTo(CONTEXT - 1);
        }
    }
}
