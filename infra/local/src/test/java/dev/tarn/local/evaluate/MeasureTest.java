package dev.tarn.local.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tarn.local.evaluate.EvaluationReport.Mean;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** See the resources' README for where the golden numbers come from. */
class MeasureTest {
    private static final Path FOLDER = Path.of("src/test/resources/evaluate");
    private static final List<Measure> MEASURES = List.of(
            Measure.recall(4),
            Measure.recall(10),
            Measure.precision(4),
            Measure.precision(10),
            Measure.MRR,
            Measure.NDCG_10);
    /** In the order of the report. */
    private static final List<String> TOLD = List.of("recall@4", "precision@4", "MRR", "nDCG@10", "recall@10");

    private static final double ROUNDING = 1e-9;

    private final Qrels qrels;
    private final Map<String, Ranking> run = new LinkedHashMap<>();

    MeasureTest() throws Exception {
        qrels = TestCollectionReader.read(List.of(), FOLDER.resolve("qrels.txt"))
                .qrels();
        Map<String, List<Hit>> hits = new LinkedHashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("run.txt"))) {
            String[] columns = line.split(" ", -1);
            hits.computeIfAbsent(columns[0], question -> new ArrayList<>())
                    .add(new Hit(columns[2], null, Double.parseDouble(columns[4]), null));
        }
        hits.forEach((question, found) -> run.put(question, Ranking.of(found)));
    }

    private double score(Measure measure, String question) {
        return measure.of(run.getOrDefault(question, new Ranking(List.of())), qrels.of(question));
    }

    @Test
    void everyMeasureOfEveryQuestionIsWhatTrecEvalSays() throws IOException {
        Map<String, Measure> measures = new LinkedHashMap<>();
        MEASURES.forEach(measure -> measures.put(measure.toString(), measure));
        int compared = 0;

        for (String line : Files.readAllLines(FOLDER.resolve("golden.tsv"))) {
            String[] columns = line.split("\t", -1);
            Measure measure = measures.get(columns[1]);
            double ours = columns[0].equals("all")
                    ? qrels.grades().keySet().stream()
                            .mapToDouble(question -> score(measure, question))
                            .average()
                            .getAsDouble()
                    : score(measure, columns[0]);

            assertThat(ours).as(line).isCloseTo(Double.parseDouble(columns[2]), within(ROUNDING));
            compared++;
        }

        assertThat(compared).isEqualTo((qrels.grades().size() + 1) * MEASURES.size());
    }

    /** Python tools, and the program that has each print the means of {@link #TOLD}. */
    static Stream<Arguments> tools() {
        return Stream.of(Arguments.of("ir_measures", """
                        import sys, ir_measures as ir
                        m = [ir.parse_measure(n) for n in 'R@4 P@4 RR nDCG@10 R@10'.split()]
                        a = ir.calc_aggregate(m, ir.read_trec_qrels(sys.argv[1]), ir.read_trec_run(sys.argv[2]))
                        print(' '.join(repr(float(a[x])) for x in m))
                        """), Arguments.of("ranx", """
                        import sys, ranx
                        m = 'recall@4 precision@4 mrr ndcg@10 recall@10'.split()
                        a = ranx.evaluate(ranx.Qrels.from_file(sys.argv[1], kind='trec'),
                                          ranx.Run.from_file(sys.argv[2], kind='trec'), m, make_comparable=True)
                        print(' '.join(repr(float(a[x])) for x in m))
                        """));
    }

    /** The judgments know a question that is not asked, and one without a relevant document: neither counts. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("tools")
    void othersToolsComeToTheReportsMeansByTheFilesThatAreWritten(String tool, String program, @TempDir Path folder)
            throws Exception {
        List<TestQuestion> asked = run.keySet().stream()
                .skip(1)
                .map(id -> new TestQuestion(id, "?", null, List.of()))
                .toList();
        Map<String, List<Hit>> passages = new LinkedHashMap<>();
        run.keySet().forEach(question -> passages.put(question, List.of()));
        Evaluated evaluated = new Evaluated(Configuration.EXACT, run, passages, List.of());
        Scoring scoring = new Scoring(
                new TestCollection(asked, qrels, Set.of()),
                new EvaluationSettings("default", List.of(Configuration.EXACT), 4, 100, false, 1));
        Map<String, Double> ours =
                scoring.means(scoring.scores(evaluated)).stream().collect(Collectors.toMap(Mean::measure, Mean::mean));
        Path runFile = folder.resolve("small.trec");
        Path qrelsFile = folder.resolve("qrels.trec");
        TrecFiles.run(runFile, "small", run);
        TrecFiles.qrels(qrelsFile, scoring.qrels());
        Path errors = folder.resolve("errors.txt");
        assumeTrue(python(errors, "import " + tool).exitCode() == 0, "there is no python3 with " + tool);
        Python python = python(errors, program, qrelsFile.toString(), runFile.toString());
        assertThat(python.exitCode()).as(Files.readString(errors)).isZero();

        String[] theirs = python.printed().strip().split(" ", -1);
        assertThat(theirs).hasSameSizeAs(TOLD);
        for (int i = 0; i < theirs.length; i++) {
            assertThat(ours.get(TOLD.get(i)))
                    .as(TOLD.get(i))
                    .isCloseTo(Double.parseDouble(theirs[i]), within(ROUNDING));
        }
    }

    private record Python(int exitCode, String printed) {}

    /** Runs a program; without a python3 it ends as one that fails. */
    private static Python python(Path errors, String... programAndArguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec python3 -c \"$@\"", "sh"));
        command.addAll(List.of(programAndArguments));
        Process python =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Python(python.waitFor(), printed);
    }

    @Test
    void aDocumentIsWhereItsBestPassageIsAndTiesKeepTheirOrder() {
        Ranking ranking = Ranking.of(List.of(
                new Hit("b", "1", 0.9, ""),
                new Hit("a", "2", 0.9, ""),
                new Hit("b", "3", 0.8, ""),
                new Hit("c", "4", 0.95, "")));

        assertThat(ranking.documents()).containsExactly("b", "a", "c");
        assertThat(ranking.entries())
                .extracting(Ranking.Entry::score)
                .isSortedAccordingTo((x, y) -> x > y ? -1 : 1)
                .doesNotHaveDuplicates();
    }
}
