package dev.tarn.local;

import dev.tarn.document.Document;
import dev.tarn.failure.TransientFailure;
import dev.tarn.jobs.options.AtLeastOne;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.jobs.options.OllamaOptions;
import dev.tarn.jobs.options.RedisOptions;
import dev.tarn.local.evaluate.Access;
import dev.tarn.local.evaluate.Configuration;
import dev.tarn.local.evaluate.EvaluationReport;
import dev.tarn.local.evaluate.EvaluationRun;
import dev.tarn.local.evaluate.EvaluationSettings;
import dev.tarn.local.evaluate.EvaluationWriter;
import dev.tarn.local.evaluate.TestCollection;
import dev.tarn.local.evaluate.TestCollectionReader;
import dev.tarn.local.input.DocumentReader;
import dev.tarn.local.input.InputDocument;
import dev.tarn.local.input.InputException;
import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.stack.PreferredPorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code tarn evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Measure how good retrieval and answers are, on questions whose right documents are known: by itself, on the"
                    + " course notes.",
            "",
            "Documents that are given are published to a stack of its own, which is empty at first and gone afterwards."
                    + " With --collection and no --documents it is what a running stack holds that is measured; nothing"
                    + " is written there but the questions of --answers.",
            "",
            "Ways to retrieve:",
            "  bm25    Lucene's BM25 over whole documents: the baseline of words",
            "  whole   exact search of one vector for each document, of as much of it as the model reads",
            "  exact   exact search of the chunks' vectors",
            "  dense   the index, by vectors alone",
            "  hybrid  the index, by vectors and words",
            "The last two take settings, as in hybrid+candidates=200+near-copies=1+diversity=0.3+neighbours=1.",
            "",
            "Documents are ranked by their best passage; recall@k, precision@k, MRR and nDCG@10 are trec_eval's.",
            ""
        },
        mixinStandardHelpOptions = true)
final class Evaluate implements Callable<Integer> {
    private static final String FOLDER = ".tarn-evaluate";
    private static final int CONNECTIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> NOT_OF_AN_OWN_STACK = List.of("--kafka", "--redis");

    @Option(
            names = "--documents",
            paramLabel = "PATH",
            description = "Publish these to a stack of its own: a file (.md, .txt, .jsonl), or a folder of such files."
                    + " Default: the course notes, unless --collection is given.")
    private Path documents;

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "What is searched; without --documents, of the running stack. Default: default.")
    private String collection;

    @Option(
            names = "--questions",
            paramLabel = "FILE",
            description =
                    "JSON lines with id and question and, where they are known, documents (the ids of the relevant"
                            + " ones; none: the question has no answer), kind and facts; or lines of an id, a tab and a"
                            + " question. May be repeated. Default: those about the course notes.")
    private List<Path> questions = new ArrayList<>();

    @Option(
            names = "--qrels",
            paramLabel = "FILE",
            description = "Relevance judgments: TREC's four columns, or question, document and grade. Default: the"
                    + " documents that the questions name.")
    private Path qrels;

    @Option(
            names = "--configurations",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "bm25,exact,dense,hybrid",
            description = "Ways to retrieve, with commas between. Default: ${DEFAULT-VALUE}.",
            converter = ConfigurationConverter.class)
    private List<Configuration> configurations = new ArrayList<>();

    @Option(names = "--answers", description = "Ask each question over the topics, too: no_answer, citations, facts.")
    private boolean answers;

    @Option(
            names = "--top-k",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "The k of recall@k and precision@k, and the passages in which documents and facts are counted."
                            + " How many an answer gets is the query job's to say. Default: ${DEFAULT-VALUE}.",
            converter = AtLeastOne.class)
    private int topK;

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "100",
            description = "The most passages that a ranking of documents is made of; hybrid ranks no more than its"
                    + " candidates. Default: ${DEFAULT-VALUE}.",
            converter = AtLeastOne.class)
    private int depth;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the bootstrap and of the randomization test. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all numbers to this file, too.")
    private Path json;

    @Option(
            names = "--runs",
            paramLabel = "FOLDER",
            description = "Write TREC run files and judgments into this folder, for trec_eval, ir_measures or ranx.")
    private Path runs;

    @Option(
            names = "--chat-model",
            paramLabel = "NAME",
            description = "With a stack of its own: the model that answers.")
    private String chatModel;

    @Option(
            names = "--ingest-arguments",
            paramLabel = "ARGUMENTS",
            description = "With a stack of its own: what the ingest job is told, e.g."
                    + " \"--chunk-size 120 --chunk-overlap 20\".")
    private String ingestArguments;

    @Option(
            names = "--query-arguments",
            paramLabel = "ARGUMENTS",
            description = "With a stack of its own: what the query job is told.")
    private String queryArguments;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private RedisOptions redis = new RedisOptions();

    @Mixin
    private OllamaOptions ollama = new OllamaOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        TestCollection test = testCollection();
        boolean own = documents != null || collection == null;
        EvaluationReport report = own ? onOwnStack(test) : onRunningStack(test);
        EvaluationWriter.print(report, spec.commandLine().getOut());
        if (json != null) {
            EvaluationWriter.json(report, json);
        }
        return 0;
    }

    private TestCollection testCollection() throws CommandFailed, IOException {
        List<Path> files = questions.isEmpty() ? Folders.questions() : questions;
        List<Path> all = new ArrayList<>(files);
        if (qrels != null) {
            all.add(qrels);
        }
        if (documents != null) {
            all.add(documents);
        }
        for (Path file : all) {
            if (!Files.isReadable(file)) {
                throw new CommandFailed("there is no file or folder " + file + " that can be read");
            }
        }
        try {
            return TestCollectionReader.read(files, qrels);
        } catch (InputException e) {
            throw new CommandFailed(e.getMessage());
        }
    }

    private Access access() {
        return new Access(kafka, redis.settings(CONNECTIONS), redis.engine(), ollama.embedding());
    }

    private EvaluationReport evaluate(TestCollection test, Access access) throws IOException {
        EvaluationSettings settings = new EvaluationSettings(
                collection == null ? Document.DEFAULT_COLLECTION : collection,
                configurations.stream().distinct().toList(),
                topK,
                depth,
                answers,
                seed);
        return new EvaluationRun(
                        settings,
                        test,
                        access,
                        new TerminalEvents(spec.commandLine().getErr(), ""))
                .run(runs);
    }

    private EvaluationReport onRunningStack(TestCollection test) throws IOException, CommandFailed {
        try {
            return evaluate(test, access());
        } catch (TransientFailure e) {
            throw new CommandFailed(e.getMessage() + " Does the stack run? ./tarn up starts one.");
        }
    }

    private EvaluationReport onOwnStack(TestCollection test) throws IOException, CommandFailed {
        for (String option : NOT_OF_AN_OWN_STACK) {
            if (isGiven(option)) {
                throw new CommandFailed("documents are published to a stack of its own, so " + option
                        + " can't be given; publish them to yours, and give --collection alone");
            }
        }
        StackOptions options = new StackOptions();
        options.parallelism = 1;
        options.embeddingModel = ollama.embeddingModel;
        options.chatModel = chatModel;
        options.ollama = isGiven("--ollama") ? ollama.uri : null;
        options.ingestArguments = words(ingestArguments);
        options.queryArguments = words(queryArguments);
        PrintWriter err = spec.commandLine().getErr();
        DataFolder data = new DataFolder(Folders.home().resolve(FOLDER));
        data.clean();
        EvaluationReport report;
        try (LocalTarn tarn = LocalTarn.start(options, data.root(), PreferredPorts.ANY, err::println)) {
            publish(tarn.kafkaOptions(), err);
            kafka = tarn.kafkaOptions();
            redis.uri = tarn.endpoints().redis();
            ollama.uri = tarn.endpoints().ollama();
            report = evaluate(test, access());
        }
        data.clean(); // not where it failed: the logs tell why
        return report;
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private static final class ConfigurationConverter implements ITypeConverter<Configuration> {
        @Override
        public Configuration convert(String value) {
            try {
                return Configuration.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static List<String> words(String arguments) {
        return arguments == null ? List.of() : List.of(arguments.strip().split("\\s+", -1));
    }

    private void publish(KafkaOptions to, PrintWriter err) throws IOException, CommandFailed {
        Path path = documents == null ? Folders.notes() : documents;
        try (Publishing publishing = new Publishing(to, true)) {
            new DocumentReader(collection).read(path, path, new DocumentReader.Handler() {
                @Override
                public void document(InputDocument document) {
                    publishing.send(document.id(), document.json());
                }

                @Override
                public void refused(InputException refusal) {
                    err.println("not published: " + refusal.getMessage());
                }
            });
            if (!publishing.finish(PATIENCE, err, err)) {
                throw new CommandFailed("not all documents reached the index");
            }
        }
    }
}
