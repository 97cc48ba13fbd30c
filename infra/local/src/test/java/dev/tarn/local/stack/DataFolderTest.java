package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path root;

    @Test
    void whatServersHaveKeptIsDeletedAndNothingElse() throws IOException {
        DataFolder folder = new DataFolder(root);
        folder.clean();
        Files.createDirectories(folder.redis().resolve("appendonlydir"));
        Files.writeString(root.resolve("notes.txt"), "mine");

        folder.clean();

        assertThat(folder.redis()).doesNotExist();
        assertThat(root.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void aFolderThatNoStackHasUsedKeepsWhatIsCalledLikeAStacksOwn() throws IOException {
        DataFolder folder = new DataFolder(root);
        Files.createDirectories(folder.kafka());
        Files.writeString(folder.kafka().resolve("README.md"), "mine");

        assertThatThrownBy(folder::clean)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Give the stack a folder of its own");

        assertThat(folder.kafka().resolve("README.md")).hasContent("mine");
    }
}
