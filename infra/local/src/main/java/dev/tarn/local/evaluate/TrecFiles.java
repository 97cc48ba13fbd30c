package dev.tarn.local.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs and judgments as TREC's tools read them: columns with blanks between. Blanks in ids are percent-encoded. */
public final class TrecFiles {
    private TrecFiles() {}

    /**
     * Writes a run: question, {@code Q0}, document, rank, score, name.
     *
     * @param rankings question id to ranking
     */
    public static void run(Path file, String name, Map<String, Ranking> rankings) throws IOException {
        List<String> lines = new ArrayList<>();
        rankings.forEach((question, ranking) -> {
            int rank = 1;
            for (Ranking.Entry entry : ranking.entries()) {
                lines.add(String.join(
                        " ",
                        column(question),
                        "Q0",
                        column(entry.document()),
                        Integer.toString(rank++),
                        Float.toString(entry.score()),
                        name));
            }
        });
        write(file, lines);
    }

    /** Writes judgments: question, {@code 0}, document, grade. */
    public static void qrels(Path file, Qrels qrels) throws IOException {
        List<String> lines = new ArrayList<>();
        qrels.grades()
                .forEach((question, grades) -> grades.forEach(
                        (document, grade) -> lines.add(column(question) + " 0 " + column(document) + " " + grade)));
        write(file, lines);
    }

    /** An id without blanks, the same in both files. */
    private static String column(String id) {
        return id.replace("%", "%25").replace(" ", "%20").replaceAll("\\s", "%09");
    }

    private static void write(Path file, List<String> lines) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        Files.write(file, lines);
    }
}
