package dev.tarn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Builds a folder as {@code kubectl kustomize} does, as far as this repository uses it; names get no hash. */
final class Kustomization {
    private static final String FILE = "kustomization.yaml";
    private static final Set<String> UNDERSTOOD =
            Set.of("apiVersion", "kind", "namespace", "resources", "configMapGenerator", "patches", "configurations");

    private final Path folder;
    private final JsonNode settings;

    private Kustomization(Path folder) {
        this.folder = folder;
        settings = Repository.yaml(folder.resolve(FILE));
        assertThat(settings.fieldNames()).toIterable().isSubsetOf(UNDERSTOOD);
        settings.path("configurations")
                .forEach(file -> assertThat(folder.resolve(file.asText())).isRegularFile());
    }

    /** The manifests that the folder comes to. */
    static List<JsonNode> build(Path folder) {
        return new Kustomization(folder).manifests();
    }

    private List<JsonNode> manifests() {
        List<JsonNode> manifests = new ArrayList<>();
        for (JsonNode resource : settings.path("resources")) {
            Path path = folder.resolve(resource.asText()).normalize();
            manifests.addAll(
                    path.resolve(FILE).toFile().exists() ? build(path) : Repository.yamls(Repository.text(path)));
        }
        settings.path("configMapGenerator").forEach(generator -> manifests.add(configMap(generator)));
        settings.path("patches").forEach(patch -> apply(patch, manifests));
        return manifests;
    }

    private static JsonNode configMap(JsonNode generator) {
        ObjectNode map =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", generator.get("name").asText());
        ObjectNode data = map.putObject("data");
        for (JsonNode literal : generator.get("literals")) {
            String[] keyAndValue = literal.asText().split("=", 2);
            data.put(keyAndValue[0], keyAndValue[1]);
        }
        return map;
    }

    private void apply(JsonNode entry, List<JsonNode> manifests) {
        ObjectNode patch =
                Repository.yaml(folder.resolve(entry.get("path").asText())).deepCopy();
        boolean byKind = entry.has("target");
        String kind =
                byKind ? entry.at("/target/kind").asText() : patch.get("kind").asText();
        List<JsonNode> patched = manifests.stream()
                .filter(manifest -> kind.equals(manifest.get("kind").asText()))
                .filter(manifest -> byKind || manifest.at("/metadata/name").equals(patch.at("/metadata/name")))
                .toList();
        assertThat(patched).as("what %s patches", entry).isNotEmpty();
        patch.remove("metadata");
        patched.forEach(manifest -> merge((ObjectNode) manifest, patch));
    }

    /** RFC 7386: objects are merged, all else is replaced. */
    private static void merge(ObjectNode target, JsonNode patch) {
        for (Iterator<String> names = patch.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode value = patch.get(name);
            if (value.isObject()) {
                ObjectNode there = target.get(name) instanceof ObjectNode object ? object : target.putObject(name);
                merge(there, value);
            } else {
                target.set(name, value.deepCopy());
            }
        }
    }
}
