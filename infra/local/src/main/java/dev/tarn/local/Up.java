package dev.tarn.local;

import dev.tarn.local.stack.DataFolder;
import dev.tarn.local.stack.Endpoints;
import dev.tarn.local.stack.PreferredPorts;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tarn up}. */
@Command(
        name = "up",
        description = "Start the local stack and both jobs, and stay until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class Up implements Callable<Integer> {
    @Mixin
    private StackOptions options = new StackOptions();

    @Option(names = "--clean", description = "Delete what an earlier run kept, and start afresh.")
    private boolean clean;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        DataFolder data = new DataFolder(Folders.data());
        if (clean) {
            data.clean();
        }
        Stopwatch watch = Stopwatch.start();
        LocalTarn tarn = LocalTarn.start(options, data.root(), PreferredPorts.WELL_KNOWN, out::println);
        Endpoints at = tarn.endpoints();
        out.printf("%nReady after %s s. Data lies in %s. Ctrl-C stops everything.%n", watch.seconds(), data.root());
        out.println("  Flink's web UI   " + at.flink());
        if (options.metricsPorts != null) {
            out.println("  metrics          at ports " + options.metricsPorts + ", /metrics");
        }
        out.println("  publish          ./tarn publish infra/corpus/notes --wait");
        out.println("  ask              ./tarn ask \"What is the purpose of data replication?\"");
        if (tarn.answersByStandIn()) {
            out.println(
                    "  No Ollama was found. The stand-in embeds with all-MiniLM-L6-v2, and answers with sentences of"
                            + " the documents.");
        }
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }
}
