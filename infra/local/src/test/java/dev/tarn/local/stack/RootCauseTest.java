package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RootCauseTest {

    @Test
    void isTheMessageOfTheInnermostException() {
        String trace = """
                java.util.concurrent.CompletionException: could not run
                \tat java.base/java.lang.Thread.run(Thread.java:840)
                Caused by: org.example.Outer: wrapped: java.lang.Inner
                \tat org.example.Job.main(Job.java:12)
                \t... 3 more
                Caused by: java.lang.IllegalStateException: the model is not there
                run: ollama pull all-minilm
                \tat org.example.Job.main(Job.java:9)
                \t... 4 more
                """;

        assertThat(RootCause.of(trace)).isEqualTo("the model is not there\nrun: ollama pull all-minilm");
    }

    @Test
    void isTheClassOfAnExceptionThatSaysNothing() {
        assertThat(RootCause.of("java.lang.NullPointerException\n\tat a.B.c(B.java:1)"))
                .isEqualTo("java.lang.NullPointerException");
    }

    @Test
    void isTheTextItselfWhereThereIsNoTrace() {
        assertThat(RootCause.of("Job not found")).isEqualTo("Job not found");
    }
}
