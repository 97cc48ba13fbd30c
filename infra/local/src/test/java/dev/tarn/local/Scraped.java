package dev.tarn.local;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A JobManager and a TaskManager as Prometheus sees them.
 *
 * @param first the port of one of them; the other has the next
 */
record Scraped(int first) {
    /** Below the ports of started stacks. */
    private static final int FROM = 18_000;

    private static final int TO = 19_998;

    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /** One line of a scrape. */
    record Sample(String name, Map<String, String> labels, double value) {}

    static Scraped onFreePorts() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FROM, TO))
                .filter(port -> isFree(port) && isFree(port + 1))
                .mapToObj(Scraped::new)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }

    String range() {
        return first + "-" + (first + 1);
    }

    /** What both report now. */
    List<Sample> samples() throws IOException, InterruptedException {
        return Stream.concat(samples(first), samples(first + 1)).toList();
    }

    private static Stream<Sample> samples(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HTTP.send(request, BodyHandlers.ofLines())
                .body()
                .filter(line -> !line.startsWith("#"))
                .map(Scraped::sample);
    }

    private static Sample sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException(line);
        }
        Map<String, String> labels = new HashMap<>();
        if (sample.group(2) != null) {
            LABEL.matcher(sample.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Sample(
                sample.group(1), labels, Double.parseDouble(sample.group(3).replace("Inf", "Infinity")));
    }
}
