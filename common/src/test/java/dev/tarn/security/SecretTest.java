package dev.tarn.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    Path folder;

    @Test
    void itIsWhatTheFileHoldsElseTheVariableWhereItIsUsed() throws IOException {
        String file =
                Files.writeString(folder.resolve("secret"), "of-the-file\n").toString();

        assertThat(Secret.of("KEY", file, Map.of()).read(Map.of("KEY", "direct")))
                .isEqualTo("of-the-file");
        assertThat(Secret.of("KEY", null, Map.of()).read(Map.of("KEY", "direct")))
                .isEqualTo("direct");
        assertThat(Secret.of("KEY", null, Map.of("KEY", "")).read(Map.of("KEY", "")))
                .isNull();
    }

    @Test
    void oneThatIsMissingWhereItIsUsedIsNamed() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");

        assertThatThrownBy(() -> Secret.of("KEY", null, Map.of("KEY", "direct")).read(Map.of()))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("KEY")
                .hasMessageContaining("TaskManager")
                .hasMessageNotContaining("direct");
        for (Path file : new Path[] {empty, folder.resolve("nowhere")}) {
            assertThatThrownBy(() -> Secret.of("KEY", file.toString(), Map.of()).read(Map.of()))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
