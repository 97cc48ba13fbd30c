package dev.tarn.local.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be measured, each alone. */
public enum MeasurementKind {
    ROOFS("what model server, Redis and Kafka do alone, and how they are best called"),
    THROUGHPUT("first load, beside these roofs, in turn"),
    FIXED_LATENCY("the same with a model server that computes nothing: the pipeline's own cost"),
    FRESHNESS("from publish to searchable, idle, at half and at full load, beside its floor"),
    ANSWERS("what is added to an answer, with 1 and with 8 in flight, while documents are ingested"),
    REPUBLISH("all again unchanged, one in a hundred changed, one document changing all the time"),
    GROWTH("all of it as the index grows, for each quantization, with recall and memory"),
    PEERS("others on the same documents, model server and Redis, in turn"),
    MEMORY("bytes in Redis for a chunk, for each quantization"),
    SAFETY("what the commit protocol costs, beside plain writes and searches"),
    /** The last, for it puts another TaskManager in the place of the one that all others measure. */
    PROFILE("the methods in which the TaskManager spends its processor time at full speed"),
    ALL("all of these");

    private final String description;

    MeasurementKind(String description) {
        this.description = description;
    }

    /** A sentence without its end. */
    public String description() {
        return description;
    }

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** These, each once and in the order in which they are listed here; all of them where none or all is asked for. */
    public static List<MeasurementKind> expand(List<MeasurementKind> wanted) {
        boolean all = wanted.isEmpty() || wanted.contains(ALL);
        List<MeasurementKind> kinds = new ArrayList<>(Arrays.asList(values()));
        kinds.removeIf(kind -> kind == ALL || !all && !wanted.contains(kind));
        return kinds;
    }

    Measurement measurement(Path home) {
        return switch (this) {
            case ROOFS -> new RoofsAlone();
            case THROUGHPUT -> new Throughput();
            case FIXED_LATENCY -> new FixedLatency();
            case FRESHNESS -> new Freshness();
            case ANSWERS -> new Answers();
            case REPUBLISH -> new Republish();
            case GROWTH -> new Growth();
            case PEERS -> new Peers(home.resolve("infra/benchmark/peers"));
            case MEMORY -> new MemoryPerChunk();
            case SAFETY -> new SafetyCost();
            case PROFILE -> new Profile();
            case ALL -> throw new IllegalArgumentException("all is many");
        };
    }
}
