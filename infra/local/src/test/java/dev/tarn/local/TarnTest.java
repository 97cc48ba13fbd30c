package dev.tarn.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.local.benchmark.MeasurementKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class TarnTest {
    static Stream<CommandLine> commands() {
        return Tarn.commandLine().getSubcommands().values().stream()
                .filter(command -> !command.getCommandName().equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAndEachOfItsOptionsIsDescribed(CommandLine command) {
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
        assertThat(command.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description())
                        .as(option.longestName())
                        .isNotEmpty());
        assertThat(command.getCommandSpec().options())
                .extracting(OptionSpec::longestName)
                .contains("--help");
    }

    @Test
    void theDemoTakesNoClusterFromTheEnvironment() {
        Map<String, String> environment = Map.of(
                "TARN_KAFKA", "production:9092",
                "TARN_REDIS", "redis://production:6379",
                "TARN_FLINK", "http://production:8081",
                "TARN_CHAT_MODEL", "qwen3");
        CommandLine tarn = Tarn.commandLine();
        CommandLine demo = tarn.getSubcommands().get("demo");
        demo.setDefaultValueProvider(new StackDefaults(Path.of("none"), environment, Demo.COMMAND_LINE_ONLY));

        tarn.parseArgs("demo");

        assertThat(Stream.of("--kafka", "--redis", "--flink", "--chat-model")
                        .map(name -> demo.getCommandSpec().findOption(name).getValue())
                        .toList())
                .containsExactly(null, null, null, "qwen3");
    }

    @Test
    void anUnknownCommandIsAnErrorThatNamesTheOnesThereAre() {
        StringWriter err = new StringWriter();

        int exitCode = Tarn.commandLine().setErr(new PrintWriter(err)).execute("publsh");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("publsh").contains("publish");
    }

    @Test
    void aPathThatIsNotThereIsAnErrorOfOneLine() {
        StringWriter err = new StringWriter();

        int exitCode = Tarn.commandLine().setErr(new PrintWriter(err)).execute("publish", "no-such-folder");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("tarn publish: there is no file or folder no-such-folder that can be read");
    }

    @Test
    void aFolderWithoutDocumentsIsAnErrorThatNamesItAndWhatIsRead(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("picture.png"), "not text");
        StringWriter err = new StringWriter();

        int exitCode = Tarn.commandLine().setErr(new PrintWriter(err)).execute("publish", folder.toString());

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains(folder.toString(), ".md", ".jsonl");
    }

    @Test
    void aRedisAddressWithAPasswordStartsNothingAndIsNotShown() {
        StringWriter err = new StringWriter();

        int exitCode = Tarn.commandLine()
                .setErr(new PrintWriter(err))
                .execute("up", "--redis", "redis://user:secret@localhost:6379");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("TARN_REDIS_PASSWORD").doesNotContain("secret");
    }

    @Test
    void theStateOfTheStackTellsWhatDoesNotAnswerAndNoPassword() {
        StringWriter out = new StringWriter();

        int exitCode = Tarn.commandLine()
                .setOut(new PrintWriter(out))
                .execute(
                        "status",
                        "--kafka=kafka.invalid:1",
                        "--flink=http://user:secret@localhost:1",
                        "--redis=redis://user:secret@localhost:1",
                        "--ollama=http://localhost:1");

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString().lines()).hasSize(4).allMatch(line -> line.contains("does not answer"));
        assertThat(out.toString()).doesNotContain("secret");
    }

    @Test
    void theHelpOfTheBenchmarkTellsOfEachMeasurement() {
        String help = Tarn.commandLine().getSubcommands().get("benchmark").getUsageMessage();

        assertThat(Arrays.stream(MeasurementKind.values()).filter(kind -> kind != MeasurementKind.ALL))
                .allSatisfy(kind -> assertThat(help).containsPattern("(?m)^  " + kind + " "));
    }
}
