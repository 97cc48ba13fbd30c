package dev.tarn.local;

import dev.tarn.jobs.options.KafkaOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tarn delete}. */
@Command(name = "delete", description = "Delete documents by their ids.", mixinStandardHelpOptions = true)
final class Delete implements Callable<Integer> {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "The ids of the documents.")
    private List<String> ids;

    @Mixin
    private WaitOptions waiting = new WaitOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (Publishing publishing = new Publishing(kafka, waiting.wait)) {
            ids.forEach(id -> publishing.send(id, null));
            boolean arrived = publishing.finish(
                    waiting.patience,
                    spec.commandLine().getOut(),
                    spec.commandLine().getErr());
            return arrived ? 0 : 1;
        }
    }
}
