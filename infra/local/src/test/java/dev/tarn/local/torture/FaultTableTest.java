package dev.tarn.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultTableTest {
    private static final Path README = Path.of(System.getProperty("tarn.home"), "README.md");
    private static final Pattern ROW = Pattern.compile("`(after\\w+)` \\|");

    @Test
    void theTableOfFaultsInTheReadmeNamesEachTestOfTheMatrix() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(README))
                .results()
                .map(MatchResult::group)
                .map(row -> row.substring(1, row.lastIndexOf('`')))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(Stream.of(FaultMatrixTest.class.getDeclaredMethods())
                        .map(Method::getName)
                        .filter(name -> name.startsWith("after"))
                        .toList());
    }
}
