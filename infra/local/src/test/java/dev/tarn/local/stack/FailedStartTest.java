package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedStartTest {

    @TempDir
    Path data;

    private final FakeServer fake = new FakeServer();

    @Test
    void aServerThatEndsAtItsStartShowsItsLastLinesAndNothingIsLeftRunning() throws IOException {
        Path log = Files.createDirectories(data.resolve("redis/appendonlydir"));
        Files.writeString(log.resolve("appendonly.aof.manifest"), "this is no manifest\n");
        StackSettings settings =
                Stacks.settings(data).withGiven(new Endpoints(fake.kafka(), null, fake.http(), fake.http()));
        Set<ProcessHandle> before = Stacks.childProcesses();

        assertThatThrownBy(() -> Stacks.start(settings))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("redis ended with exit code 1 while it started")
                .hasMessageContaining("manifest");
        assertThat(Stacks.childProcesses()).isSubsetOf(before);
    }

    @Test
    void aGivenSystemThatDoesNotAnswerIsNamedWithoutItsPassword() {
        URI nobody = URI.create("redis://user:secret@127.0.0.1:" + new FreePorts().any());
        StackSettings settings =
                Stacks.settings(data).withGiven(new Endpoints(fake.kafka(), nobody, fake.http(), fake.http()));

        assertThatThrownBy(() -> Stacks.start(settings))
                .isInstanceOf(StackException.class)
                .hasMessage("Redis does not answer at redis://127.0.0.1:" + nobody.getPort());
    }

    @Test
    void librariesThatWereNeverBuiltAreNamedWithTheCommandThatBuildsThem(@TempDir Path elsewhere) {
        StackSettings settings = StackSettings.of(elsewhere)
                .withPorts(PreferredPorts.ANY)
                .withGiven(new Endpoints(null, fake.redis(), fake.http(), fake.http()));

        assertThatThrownBy(() -> Stacks.start(settings))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("mvn -DskipTests package");
    }
}
