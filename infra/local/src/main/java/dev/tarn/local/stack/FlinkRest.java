package dev.tarn.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Flink's REST API as JSON in and JSON out. */
final class FlinkRest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    FlinkRest(URI address) {
        this.address = address;
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    JsonNode patch(String path) {
        return send(request(path).method("PATCH", BodyPublishers.noBody()));
    }

    JsonNode delete(String path) {
        return send(request(path).DELETE());
    }

    /** Sends a jar as a form does. */
    JsonNode upload(String path, Path jar) {
        String boundary = UUID.randomUUID().toString();
        String head = "--" + boundary + "\r\n"
                + "Content-Disposition: form-data; name=\"jarfile\"; filename=\"" + jar.getFileName() + "\"\r\n"
                + "Content-Type: application/x-java-archive\r\n\r\n";
        String tail = "\r\n--" + boundary + "--\r\n";
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.concat(text(head), file(jar), text(tail))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(Uris.under(address, path)).timeout(LIMIT);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try {
            var response = client.send(request.build(), BodyHandlers.ofString(UTF_8));
            if (response.statusCode() >= 400) {
                throw new StackException("Flink refused: " + reason(response.body()));
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StackException(
                    "Flink does not answer at " + Uris.withoutUserInfo(address.toString()) + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while Flink was asked", e);
        }
    }

    private static String reason(String body) throws IOException {
        JsonNode errors = JSON.readTree(body).path("errors");
        // The last one is the trace of the failure, where there is one.
        return RootCause.of(errors.path(errors.size() - 1).asText(body));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, UTF_8);
    }

    private static BodyPublisher file(Path jar) {
        try {
            return BodyPublishers.ofFile(jar);
        } catch (FileNotFoundException e) {
            throw new StackException("there is no " + jar, e);
        }
    }
}
