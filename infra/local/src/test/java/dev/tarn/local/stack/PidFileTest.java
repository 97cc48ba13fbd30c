package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    private final ProcessHandle self = ProcessHandle.current();
    private PidFile file;

    @BeforeEach
    void remember(@TempDir Path temp) {
        file = new PidFile(temp.resolve("run/self.pid"));
        file.write(self);
    }

    @Test
    void findsTheProcessThatItRemembers() {
        assertThat(file.running()).contains(self);
    }

    @Test
    void takesNoOtherProcessForItThatCameToHaveTheSameId() throws IOException {
        Files.writeString(file.path(), self.pid() + " 2001-01-01T00:00:00Z");

        assertThat(file.running()).isEmpty();
    }

    @Test
    void knowsNoProcessAfterAWriteThatWasCutShort() throws IOException {
        Files.writeString(file.path(), Long.toString(self.pid()));

        assertThat(file.running()).isEmpty();
    }

    @Test
    void knowsNoProcessOnceDeleted() {
        file.delete();

        assertThat(file.running()).isEmpty();
    }
}
