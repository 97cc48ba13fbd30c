package dev.tarn.jobs.metrics;

/** The metrics that the jobs add to Flink's own: what each is called, and what it says. */
public enum MetricName {
    FRESHNESS("freshnessMs", Kind.HISTOGRAM, "index", "from a document's publication to its place in the index"),
    DOCUMENTS("documents", Kind.COUNTER, "action", "index", "receipts: indexed, deleted, unchanged, superseded"),
    CHUNKS("chunks", Kind.COUNTER, "outcome", "index", "chunks of these documents: embedded, reused, removed"),
    PLAN("planMs", Kind.HISTOGRAM, "embed, index", "reading what the index holds of a document"),
    COMMIT("commitMs", Kind.HISTOGRAM, "index", "writing a document into the index"),
    EMBED("embedMs", Kind.HISTOGRAM, "embed, index, answer", "one embedding call"),
    EMBED_BATCH("embedBatch", Kind.HISTOGRAM, "embed, index, answer", "texts in one embedding call"),
    RETRIEVE(
            "retrieveMs",
            Kind.HISTOGRAM,
            "retrieve",
            "finding a question's passages: searching the index, ranking, reading neighbours"),
    GENERATE("generateMs", Kind.HISTOGRAM, "answer", "one call of the chat model"),
    PROMPT_TOKENS("promptTokens", Kind.COUNTER, "answer", "tokens that the chat model has read"),
    GENERATED_TOKENS("generatedTokens", Kind.COUNTER, "answer", "tokens that the chat model has written"),
    ANSWERS("answers", Kind.COUNTER, "status", "answer, failed", "answers: answered, no_answer, failed"),
    STATEMENTS(
            "statements",
            Kind.COUNTER,
            "support",
            "answer",
            "sentences of answers: supported, unsupported by what they cite"),
    ASKED_AGAIN(
            "askedAgain",
            Kind.COUNTER,
            "answer",
            "answers asked for again: they cited wrongly or were broken off, or their prompt was too long"),
    ANSWER("answerMs", Kind.HISTOGRAM, "answer", "from a question's publication to its answer"),
    DEAD_LETTERS(
            "deadLetters",
            Kind.COUNTER,
            "every",
            "records that the stage refused for good: dead letters, or failed answers once a question could be read"),
    DEAD_LETTERS_BY_REASON(
            "deadLetters",
            Kind.COUNTER,
            "reason",
            "every",
            "the same by the class of the error; there from the first of its class on"),
    RETRIES("retries", Kind.COUNTER, "system", "asynchronous", "calls of redis or ollama that are made again"),
    OUTAGE("outage", Kind.GAUGE, "system", "asynchronous", "1 while the last call of redis or ollama failed for now"),
    IN_FLIGHT("inFlight", Kind.GAUGE, "asynchronous", "records under way in the stage"),
    WAITING("waiting", Kind.GAUGE, "asynchronous", "those of them that wait for a free call, or for the next attempt");

    /** How a metric behaves. */
    public enum Kind {
        /** Grows, and begins with 0 whenever the job starts. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Quantiles of the last minutes, and a count that grows. */
        HISTOGRAM
    }

    private final String text;
    private final Kind kind;
    private final String label;
    private final String stages;
    private final String description;

    MetricName(String text, Kind kind, String stages, String description) {
        this(text, kind, "", stages, description);
    }

    MetricName(String text, Kind kind, String label, String stages, String description) {
        this.text = text;
        this.kind = kind;
        this.label = label;
        this.stages = stages;
        this.description = description;
    }

    /** The name within its group. */
    public String text() {
        return text;
    }

    public Kind kind() {
        return kind;
    }

    /** The key by which the metric is told apart within its stage; empty where there is one only. */
    public String label() {
        return label;
    }

    /** The operators that have it. */
    public String stages() {
        return stages;
    }

    /** What it counts or measures. */
    public String description() {
        return description;
    }

    /** What Flink's Prometheus reporter calls it. */
    public String prometheusName() {
        return "flink_taskmanager_job_task_operator_tarn_" + (label.isEmpty() ? "" : label + "_") + text;
    }
}
