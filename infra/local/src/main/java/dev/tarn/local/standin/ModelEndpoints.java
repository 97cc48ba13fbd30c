package dev.tarn.local.standin;

import dev.tarn.local.standin.Catalog.Details;
import dev.tarn.local.standin.Catalog.Model;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What is told about the models: {@code /api/tags}, {@code /api/show} and {@code /api/pull}. */
final class ModelEndpoints {
    /** The models come with the program and have no date of their own. */
    private static final String MODIFIED_AT = "2024-01-01T00:00:00Z";

    private static final Map<String, String> PULLING = Map.of("status", "pulling manifest");
    private static final Map<String, String> PULLED = Map.of("status", "success");
    private static final String NOT_PULLED = "pull model manifest: file does not exist";

    private ModelEndpoints() {}

    record Tags(List<Tag> models) {}

    record Tag(String name, String model, String modifiedAt, long size, String digest, Details details) {}

    record Shown(
            String modelfile,
            String parameters,
            String template,
            Details details,
            Map<String, Object> modelInfo,
            List<String> capabilities,
            String modifiedAt) {}

    /** Ollama takes the older {@code name} as well. */
    record Named(String model, String name, Boolean stream) {
        String either() {
            return model == null || model.isEmpty() ? name : model;
        }
    }

    static void tags(Call call) throws IOException {
        call.json(new Tags(Catalog.models().stream()
                .map(m -> new Tag(m.name(), m.name(), MODIFIED_AT, m.size(), m.digest(), m.details()))
                .toList()));
    }

    static void show(Call call) throws IOException {
        Model model = Catalog.find(call.body(Named.class).either());
        call.json(new Shown(
                "FROM " + model.name(),
                model.parameters(),
                "{{ .Prompt }}",
                model.details(),
                model.info(),
                model.capabilities(),
                MODIFIED_AT));
    }

    /** Nothing is ever downloaded. A stream has begun when a model is found missing, so its status is 200, as Ollama's. */
    static void pull(Call call) throws IOException {
        Named request = call.body(Named.class);
        boolean streams = request.stream() == null || request.stream();
        boolean known = isKnown(request.either());
        if (streams) {
            call.lines(List.of(PULLING, known ? PULLED : Map.of("error", NOT_PULLED)));
        } else if (known) {
            call.json(PULLED);
        } else {
            call.error(500, NOT_PULLED);
        }
    }

    private static boolean isKnown(String name) {
        try {
            Catalog.find(name);
            return true;
        } catch (Refusal e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }
}
