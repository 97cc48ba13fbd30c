package dev.tarn.local.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StandInTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String EMBED = "{\"model\": \"all-minilm\", \"input\": [\"text %d\", \"a tree\"]}";

    @Test
    void answersBeforeItsModelsAreLoadedAndEmbedsOnceTheyAre() throws Exception {
        try (StandIn ollama = StandIn.start(0)) {
            CompletableFuture<HttpResponse<String>> embedded = embed(ollama, 0);

            assertThat(HTTP.send(HttpRequest.newBuilder(ollama.uri()).build(), BodyHandlers.ofString())
                            .body())
                    .isEqualTo("Ollama is running");
            assertThat(embedded.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void canBeReachedFromThisMachineOnly() {
        try (StandIn ollama = StandIn.start(0)) {
            assertThat(ollama.uri().getHost()).isEqualTo("127.0.0.1");
            assertThat(ollama.uri().getPort()).isPositive();
        }
    }

    @Test
    void servesManyAtOnceEachItsOwnAnswer() throws Exception {
        try (StandIn ollama = StandIn.start(0)) {
            List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                replies.add(embed(ollama, i % 20));
            }

            Set<String> different = replies.stream()
                    .map(reply ->
                            embeddings(reply.orTimeout(60, TimeUnit.SECONDS).join()))
                    .collect(Collectors.toSet());

            assertThat(different).hasSize(20);
        }
    }

    @Test
    void endsAllItsThreadsAndFreesThePort() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        StandIn ollama = StandIn.start(0);
        embed(ollama, 1).get(30, TimeUnit.SECONDS);

        ollama.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> startedSince(before).isEmpty());
        assertThatThrownBy(() -> embed(ollama, 1).get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(ConnectException.class);
        try (StandIn again = StandIn.start(ollama.uri().getPort())) {
            assertThat(again.uri()).isEqualTo(ollama.uri());
        }
    }

    @Test
    void canBeClosedWhileItLoadsAndTwice() {
        StandIn ollama = StandIn.start(0);
        ollama.close();
        ollama.close();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("standin-model"));
    }

    @Test
    void breaksOffRequestsWhenItIsClosed() {
        StandIn ollama = StandIn.start(0);
        List<CompletableFuture<HttpResponse<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            replies.add(embed(ollama, i));
        }

        ollama.close();

        assertThat(replies)
                .allSatisfy(reply ->
                        assertThat(reply.handle((response, error) -> "ended")).succeedsWithin(Duration.ofSeconds(10)));
    }

    @Test
    void saysWhichPortIsTaken() {
        try (StandIn ollama = StandIn.start(0)) {
            int port = ollama.uri().getPort();

            assertThatThrownBy(() -> StandIn.start(port))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("port " + port)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    private static List<String> startedSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> !name.startsWith("HttpClient") && !name.startsWith("awaitility"))
                .toList();
    }

    private static CompletableFuture<HttpResponse<String>> embed(StandIn ollama, int number) {
        HttpRequest request = HttpRequest.newBuilder(ollama.uri().resolve("/api/embed"))
                .POST(BodyPublishers.ofString(EMBED.formatted(number)))
                .build();
        return HTTP.sendAsync(request, BodyHandlers.ofString());
    }

    private static String embeddings(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().substring(0, response.body().indexOf("\"total_duration\""));
    }
}
