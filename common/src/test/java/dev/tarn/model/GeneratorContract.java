package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.TransientFailure;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every generator must do. */
public abstract class GeneratorContract {
    private static final Question QUESTION =
            new Question("q-1", "Why is data copied?", "default", null, Filter.NONE, null);
    private static final Prompt PROMPT = Prompt.of(
            QUESTION,
            List.of(
                    passage(1, "Data is copied so that it outlives a machine. It costs space."),
                    passage(2, "Copies are kept by followers <of a \"leader\">.")));

    private Generator generator;

    /** A generator of a server that has its model. */
    protected abstract Generator open();

    /** A generator of a server that does not have its model. */
    protected abstract Generator openWithUnknownModel();

    /** A generator of a server that refuses connections. */
    protected abstract Generator openUnreachable();

    @BeforeEach
    void openGenerator() {
        generator = open();
    }

    @AfterEach
    void closeGenerator() {
        generator.close();
    }

    @Test
    void anAnswerHasTextAndSaysWhatItCost() {
        generator.check();

        Generation generation = generator.generate(PROMPT);

        assertThat(generation.text()).isNotBlank().isEqualTo(generation.text().strip());
        assertThat(generation.promptTokens())
                .satisfiesAnyOf(t -> assertThat(t).isNull(), t -> assertThat(t).isPositive());
        assertThat(generation.completionTokens())
                .satisfiesAnyOf(t -> assertThat(t).isNull(), t -> assertThat(t).isPositive());
    }

    @Test
    void theModelHasAName() {
        assertThat(generator.model()).isNotBlank();
    }

    @Test
    void aPromptWithoutPassagesIsAnsweredToo() {
        assertThat(generator.generate(Prompt.of(QUESTION, List.of())).text()).isNotBlank();
    }

    @Test
    void manyThreadsMayGenerateAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Generation> call = () -> generator.generate(PROMPT);
            for (Future<Generation> generation : threads.invokeAll(Collections.nCopies(8, call))) {
                assertThat(generation.get().text()).isNotBlank();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aServerWithoutTheModelIsMisconfigured() {
        try (Generator unknown = openWithUnknownModel()) {
            assertThatThrownBy(unknown::check).isInstanceOf(Misconfiguration.class);
            assertThatThrownBy(() -> unknown.generate(PROMPT)).isInstanceOf(Misconfiguration.class);
        }
    }

    @Test
    void aServerThatCannotBeReachedMayBeLater() {
        try (Generator unreachable = openUnreachable()) {
            assertThatThrownBy(unreachable::check).isInstanceOf(TransientFailure.class);
            assertThatThrownBy(() -> unreachable.generate(PROMPT)).isInstanceOf(TransientFailure.class);
        }
    }

    @Test
    void closingTwiceIsFine() {
        generator.close();
        generator.close();
    }

    private static Passage passage(int citation, String text) {
        return new Passage(citation, "replication", null, "chunk-" + citation, "Data replication", null, 0.9, text);
    }
}
