package dev.tarn.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.local.benchmark.MeasurementKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
    void theHelpOfTheBenchmarkTellsOfEachMeasurement() {
        String help = Tarn.commandLine().getSubcommands().get("benchmark").getUsageMessage();

        assertThat(Arrays.stream(MeasurementKind.values()).filter(kind -> kind != MeasurementKind.ALL))
                .allSatisfy(kind -> assertThat(help).containsPattern("(?m)^  " + kind + " "));
    }
}
