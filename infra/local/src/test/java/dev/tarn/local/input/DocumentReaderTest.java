package dev.tarn.local.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReaderTest {
    @TempDir
    Path folder;

    private final Collected collected = new Collected();

    @Test
    void aMarkdownFileHasItsPathAsIdAndItsFrontMatterAsTitleAndMetadata() throws IOException {
        write("storage/lsm-trees.md", """
                ---
                title: LSM trees
                uri: https://example.org/lsm
                version: 3
                topic: storage
                week: 4
                core: true
                tags: [disk, writes]
                ---
                # LSM trees

                An LSM tree buffers writes.
                """);

        new DocumentReader(null).read(folder, folder, collected);

        JsonNode document = collected.only();
        assertThat(collected.documents.get(0).id()).isEqualTo("storage/lsm-trees");
        assertThat(document.path("id").asText()).isEqualTo("storage/lsm-trees");
        assertThat(document.path("title").asText()).isEqualTo("LSM trees");
        assertThat(document.path("uri").asText()).isEqualTo("https://example.org/lsm");
        assertThat(document.path("version").asLong()).isEqualTo(3);
        assertThat(document.path("text").asText()).isEqualTo("# LSM trees\n\nAn LSM tree buffers writes.");
        assertThat(document.path("contentType").asText()).isEqualTo("text/markdown");
        assertThat(document.path("metadata").toString())
                .isEqualTo("{\"topic\":\"storage\",\"week\":4,\"core\":true,\"tags\":[\"disk\",\"writes\"]}");
    }

    @Test
    void onlyKnownFilesOfAFolderAreReadInTheOrderOfTheirNames() throws IOException {
        write("b.txt", "second");
        write("a.md", "first");
        write("picture.png", "not text");

        new DocumentReader(null).read(folder, folder, collected);

        assertThat(collected.documents).extracting(InputDocument::id).containsExactly("a", "b");
        assertThat(DocumentReader.count(folder)).isEqualTo(2);
    }

    @Test
    void aSingleFileHasItsNameAsId() throws IOException {
        Path file = write("deep/down/note.txt", "text");

        new DocumentReader(null).read(file, file, collected);

        assertThat(collected.documents).extracting(InputDocument::id).containsExactly("note");
    }

    @Test
    void aFileWithTheIdOfAnotherIsRefusedAndOneThatIsNamedTwiceIsNot() throws IOException {
        Path one = write("one/README.md", "first");
        Path other = write("other/README.txt", "second");
        DocumentReader reader = new DocumentReader(null);

        reader.read(one, one, collected);
        reader.read(other, other, collected);
        reader.read(one, one, collected);

        assertThat(collected.documents).extracting(InputDocument::id).containsExactly("README", "README");
        assertThat(collected.refusals)
                .singleElement()
                .asString()
                .startsWith(other.toString())
                .contains("README", one.toString());
    }

    @Test
    void aFileOfAnotherKindThatIsNamedIsRefused() throws IOException {
        Path file = write("document.json", "{}");

        new DocumentReader(null).read(file, file, collected);

        assertThat(collected.documents).isEmpty();
        assertThat(collected.refusals).singleElement().asString().contains("document.json", ".jsonl");
    }

    @Test
    void jsonLinesKeepTheirFieldsAndTakeTheGivenCollectionOnlyWhereTheyNameNone() throws IOException {
        String lines = """
                {"id": "1", "text": "one", "unknown": [1, {"kept": true}]}

                {"id": "2", "text": "two", "collection": "own"}
                """;

        new DocumentReader("given").readLines("lines", new ByteArrayInputStream(lines.getBytes(UTF_8)), collected);

        assertThat(collected.json(0).path("collection").asText()).isEqualTo("given");
        assertThat(collected.json(0).path("unknown").toString()).isEqualTo("[1,{\"kept\":true}]");
        assertThat(collected.json(1).path("collection").asText()).isEqualTo("own");
    }

    @Test
    void whatTheJobWouldRefuseIsRefusedHereWithItsPlaceAndTheOthersGoOn() throws IOException {
        String lines = """
                {"id": "1"}
                not json
                {"text": "no id"}
                {"id": "4", "text": "fine"}
                """;

        new DocumentReader(null).readLines("lines", new ByteArrayInputStream(lines.getBytes(UTF_8)), collected);

        assertThat(collected.documents).extracting(InputDocument::id).containsExactly("4");
        assertThat(collected.refusals).hasSize(3);
        assertThat(collected.refusals.get(0)).isEqualTo("lines:1: the document has no text");
        assertThat(collected.refusals.get(1)).startsWith("lines:2: ");
        assertThat(collected.refusals.get(2)).isEqualTo("lines:3: the document has no id");
    }

    @Test
    void aFileThatIsNotUtf8IsRefused() throws IOException {
        Files.write(folder.resolve("latin1.txt"), new byte[] {'a', (byte) 0xe9, 'b'});

        new DocumentReader(null).read(folder, folder, collected);

        assertThat(collected.refusals).singleElement().asString().endsWith("latin1.txt: not UTF-8");
    }

    @Test
    void aLineThatIsNotUtf8IsRefusedAndTheOthersGoOn() throws IOException {
        Path file = folder.resolve("lines.jsonl");
        Files.write(file, "{\"id\": \"1\", \"text\": \"café\"}\n".getBytes(ISO_8859_1));
        Files.write(file, "{\"id\": \"2\", \"text\": \"café\"}\n".getBytes(UTF_8), APPEND);

        new DocumentReader(null).read(file, file, collected);

        assertThat(collected.refusals).containsExactly(file + ":1: not UTF-8");
        assertThat(collected.documents).extracting(InputDocument::id).containsExactly("2");
        assertThat(collected.json(0).path("text").asText()).isEqualTo("café");
        assertThat(DocumentReader.count(file)).isEqualTo(2);
    }

    @Test
    void twoDocumentsInALineAreRefused() throws IOException {
        String line = "{\"id\": \"1\", \"text\": \"one\"}{\"id\": \"2\", \"text\": \"two\"}";

        new DocumentReader(null).readLines("lines", new ByteArrayInputStream(line.getBytes(UTF_8)), collected);

        assertThat(collected.documents).isEmpty();
        assertThat(collected.refusals).singleElement().asString().startsWith("lines:1: ");
    }

    @Test
    void aRuleInTheTextIsNoFrontMatter() throws IOException {
        write("a.md", "Text before.\n\n---\n\nText after.");

        new DocumentReader(null).read(folder, folder, collected);

        assertThat(collected.only().path("text").asText()).isEqualTo("Text before.\n\n---\n\nText after.");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static final class Collected implements DocumentReader.Handler {
        private final List<InputDocument> documents = new ArrayList<>();
        private final List<String> refusals = new ArrayList<>();

        @Override
        public void document(InputDocument document) {
            documents.add(document);
        }

        @Override
        public void refused(InputException refusal) {
            refusals.add(refusal.getMessage());
        }

        JsonNode only() throws IOException {
            assertThat(refusals).isEmpty();
            assertThat(documents).hasSize(1);
            return json(0);
        }

        JsonNode json(int index) throws IOException {
            return new ObjectMapper().readTree(documents.get(index).json());
        }
    }
}
