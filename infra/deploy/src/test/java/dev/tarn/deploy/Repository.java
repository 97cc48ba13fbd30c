package dev.tarn.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The repository's files. */
final class Repository {
    private static final Path HOME = Path.of(System.getProperty("tarn.home"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private Repository() {}

    /** A path from the repository's root. */
    static Path at(String path) {
        return HOME.resolve(path);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only document in a YAML file, its anchors and merge keys resolved. */
    static JsonNode yaml(Path file) {
        return yamls(text(file)).get(0);
    }

    /** The documents in YAML. */
    static List<JsonNode> yamls(String text) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        return StreamSupport.stream(yaml.loadAll(text).spliterator(), false)
                .map(JSON::<JsonNode>valueToTree)
                .toList();
    }
}
