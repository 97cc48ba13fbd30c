package dev.tarn.local.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads documents from files, folders and standard input. */
public final class DocumentReader {
    private static final Set<String> MARKDOWN = Set.of("md", "markdown");
    private static final String JSON_LINES = "jsonl";
    private static final Set<String> KNOWN = Set.of("md", "markdown", "txt", JSON_LINES);
    /** A character for each byte, so that lines are told apart before they are known to be UTF-8. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final Set<String> DOCUMENT_FIELDS = Set.of("title", "uri", "version", "collection");

    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final String collection;

    /** Which file has brought an id: two with the same would take each other's place in the index. */
    private final Map<String, Path> files = new HashMap<>();

    /**
     * @param collection what documents are put in that don't say, or null
     */
    public DocumentReader(String collection) {
        this.collection = collection;
    }

    /** What is done with documents, and with those that can't be read. */
    public interface Handler {
        void document(InputDocument document);

        void refused(InputException refusal);
    }

    /**
     * Reads a file, every known file of a folder, or JSON lines from a stream. A file of another kind is refused, and one
     * with the id of another that this reader has read.
     *
     * @param root where an id begins: a file's id is its path below it, without the ending
     * @throws IOException when the path can't be read
     */
    public void read(Path path, Path root, Handler handler) throws IOException {
        if (Files.isDirectory(path)) {
            for (Path file : filesBelow(path)) {
                read(file, path, handler);
            }
        } else if (ending(path).equals(JSON_LINES)) {
            try (InputStream lines = Files.newInputStream(path)) {
                readLines(path.toString(), lines, handler);
            }
        } else if (KNOWN.contains(ending(path))) {
            readText(path, root, handler);
        } else {
            handler.refused(new InputException(path.toString(), "not one of .md, .markdown, .txt and .jsonl", null));
        }
    }

    /** Reads JSON lines, one document each. */
    public void readLines(String origin, InputStream stream, Handler handler) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, BYTES));
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (!line.isBlank()) {
                try {
                    handler.document(line(utf8(line)));
                } catch (PermanentFailure | CharacterCodingException | JsonProcessingException e) {
                    handler.refused(new InputException(origin + ":" + number, reason(e), e));
                }
            }
        }
    }

    /** How many documents a path has, for showing progress. */
    public static long count(Path path) throws IOException {
        long documents = 0;
        for (Path file : Files.isDirectory(path) ? filesBelow(path) : List.of(path)) {
            if (ending(file).equals(JSON_LINES)) {
                try (Stream<String> lines = Files.lines(file, BYTES)) {
                    documents += lines.filter(line -> !line.isBlank()).count();
                }
            } else {
                documents++;
            }
        }
        return documents;
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> KNOWN.contains(ending(file)))
                    .sorted()
                    .toList();
        }
    }

    /** Decodes a line whose characters are bytes. */
    private static String utf8(String line) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(line.getBytes(BYTES)))
                .toString();
    }

    private InputDocument line(String line) throws JsonProcessingException {
        JsonNode json = mapper.readTree(line);
        String id = json.path("id").asText("");
        if (id.isEmpty()) {
            throw new PermanentFailure("the document has no id");
        }
        if (collection != null && !json.has("collection")) {
            ((ObjectNode) json).put("collection", collection);
        }
        return checked(id, mapper.writeValueAsBytes(json));
    }

    private void readText(Path file, Path root, Handler handler) throws IOException {
        try {
            String text = Files.readString(file);
            boolean markdown = MARKDOWN.contains(ending(file));
            FrontMatter parts = markdown ? FrontMatter.of(text) : new FrontMatter(Map.of(), text);
            String id = id(file, root);
            Path other = files.putIfAbsent(id, file);
            if (other != null && !Files.isSameFile(other, file)) {
                throw new PermanentFailure("its id would be " + id + ", as that of " + other
                        + ". Rename one, or publish a folder that holds both: ids are paths below it.");
            }
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", id);
            json.put("text", parts.body());
            json.put("contentType", markdown ? "text/markdown" : "text/plain");
            if (collection != null) {
                json.put("collection", collection);
            }
            Map<String, Object> metadata = new LinkedHashMap<>();
            parts.fields()
                    .forEach((field, value) -> (DOCUMENT_FIELDS.contains(field) ? json : metadata).put(field, value));
            json.put("metadata", metadata);
            handler.document(checked(id, mapper.writeValueAsBytes(json)));
        } catch (PermanentFailure | CharacterCodingException | JsonProcessingException e) {
            handler.refused(new InputException(file.toString(), reason(e), e));
        }
    }

    /** Refuses here what the job would send to the dead letters. */
    private static InputDocument checked(String id, byte[] json) {
        DocumentParser.UNLIMITED.parse(new SourceRecord(
                new SourcePosition("", "", 0, 0, Instant.EPOCH), id.getBytes(StandardCharsets.UTF_8), json, List.of()));
        return new InputDocument(id, json);
    }

    private static String reason(Exception e) {
        if (e instanceof JsonProcessingException json) {
            return json.getOriginalMessage();
        }
        return e instanceof PermanentFailure ? e.getMessage() : "not UTF-8";
    }

    private static String id(Path file, Path root) {
        String relative = root.equals(file)
                ? file.getFileName().toString()
                : root.relativize(file).toString();
        int dot = relative.lastIndexOf('.');
        return (dot > 0 ? relative.substring(0, dot) : relative).replace('\\', '/');
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
