package dev.tarn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.TransientFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every embedder must do. */
public abstract class EmbedderContract {
    private static final List<String> TEXTS = List.of(
            "Replication copies data to other machines.",
            "A follower keeps copies of the leader's data.",
            "Boats sail on the lake in summer.",
            "複製是將資料保存在多台機器上 😀",
            "<tag> \"quoted\" \\ back\nslash\ttab",
            "word ".repeat(2_000));

    private Embedder embedder;

    /** An embedder of a server that has its model. */
    protected abstract Embedder open();

    /** An embedder of a server that does not have its model. */
    protected abstract Embedder openWithUnknownModel();

    /** An embedder of a server that refuses connections. */
    protected abstract Embedder openUnreachable();

    @BeforeEach
    void openEmbedder() {
        embedder = open();
    }

    @AfterEach
    void closeEmbedder() {
        embedder.close();
    }

    @Test
    void aModelIsDescribedByItsFullNameItsWeightsAndItsDimension() {
        EmbeddingModelInfo info = embedder.describe();

        assertThat(info.name()).contains(":");
        assertThat(info.digest()).isNotBlank();
        assertThat(info.dimension()).isEqualTo(embedder.embed(List.of("one")).get(0).length);
        assertThat(embedder.describe()).isEqualTo(info);
    }

    @Test
    void eachTextOfABatchHasTheVectorItHasAlone() {
        List<float[]> batch = embedder.embed(TEXTS);

        assertThat(batch).hasSameSizeAs(TEXTS);
        for (int i = 0; i < TEXTS.size(); i++) {
            float[] alone = embedder.embed(List.of(TEXTS.get(i))).get(0);
            assertThat(cosine(batch.get(i), alone)).as(TEXTS.get(i)).isCloseTo(1, within(0.001));
        }
    }

    @Test
    void everyVectorHasADirection() {
        for (float[] vector : embedder.embed(TEXTS)) {
            assertThat(cosine(vector, vector)).isCloseTo(1, within(0.001));
        }
    }

    @Test
    void textsAboutTheSameAreNearerThanOthers() {
        List<float[]> vectors = embedder.embed(TEXTS);

        assertThat(cosine(vectors.get(0), vectors.get(1))).isGreaterThan(cosine(vectors.get(0), vectors.get(2)));
    }

    @Test
    void manyThreadsMayEmbedAtOnce() throws Exception {
        List<float[]> expected = embedder.embed(TEXTS);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<float[]>> calls = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                String text = TEXTS.get(i % TEXTS.size());
                calls.add(() -> embedder.embed(List.of(text)).get(0));
            }
            List<Future<float[]>> vectors = threads.invokeAll(calls);
            for (int i = 0; i < vectors.size(); i++) {
                assertThat(cosine(vectors.get(i).get(), expected.get(i % TEXTS.size())))
                        .isCloseTo(1, within(0.001));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aServerWithoutTheModelIsMisconfigured() {
        try (Embedder unknown = openWithUnknownModel()) {
            assertThatThrownBy(unknown::describe).isInstanceOf(Misconfiguration.class);
            assertThatThrownBy(() -> unknown.embed(List.of("one"))).isInstanceOf(Misconfiguration.class);
        }
    }

    @Test
    void aServerThatCannotBeReachedMayBeLater() {
        try (Embedder unreachable = openUnreachable()) {
            assertThatThrownBy(unreachable::describe).isInstanceOf(TransientFailure.class);
            assertThatThrownBy(() -> unreachable.embed(List.of("one"))).isInstanceOf(TransientFailure.class);
        }
    }

    @Test
    void closingTwiceIsFine() {
        embedder.close();
        embedder.close();
    }

    private static double cosine(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double dot = 0;
        double squaresOfA = 0;
        double squaresOfB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squaresOfA += (double) a[i] * a[i];
            squaresOfB += (double) b[i] * b[i];
        }
        return dot / Math.sqrt(squaresOfA * squaresOfB);
    }
}
