package dev.tarn.jobs.options;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.RedisSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the index is, and how it is made. */
public final class RedisOptions {
    private final Secrets secrets;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            defaultValue = "redis://localhost:6379",
            description = "Redis 8.0 or later: redis://HOST:PORT/DATABASE, or rediss:// for TLS."
                    + " Of a cluster, any of its nodes, or several: redis://HOST:PORT,HOST:PORT."
                    + " The password comes from TARN_REDIS_PASSWORD, or the file TARN_REDIS_PASSWORD_FILE names.")
    public URI uri;

    @Option(names = "--redis-user", paramLabel = "NAME", description = "The ACL user; without it, the default user.")
    public String user;

    @Option(
            names = "--redis-timeout",
            paramLabel = "DURATION",
            defaultValue = "PT5S",
            description = "For connecting to Redis, and for each of its replies (ISO 8601).",
            converter = Timeout.class)
    public Duration timeout;

    @Option(
            names = "--index-engine",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "What holds the vectors: ${COMPLETION-CANDIDATES}. auto takes the engine of the index; for a"
                    + " new one, vector-set if Redis has it, else query-engine.")
    public EngineSettings.Kind engineKind;

    @Option(
            names = "--index-shards",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many vector sets a collection is spread over; for a cluster, one or more for each"
                    + " master. Only the ingest job sets it.",
            converter = AtLeastOne.class)
    public int shards;

    @Option(
            names = "--quantization",
            paramLabel = "KIND",
            defaultValue = "Q8",
            description = "How vector-set stores vectors: ${COMPLETION-CANDIDATES}.")
    public HnswSettings.Quantization quantization;

    @Option(
            names = "--hnsw-m",
            paramLabel = "N",
            defaultValue = "16",
            description = "Links of a node in the HNSW graph.",
            converter = AtLeastOne.class)
    public int m;

    @Option(
            names = "--hnsw-ef-construction",
            paramLabel = "N",
            defaultValue = "200",
            description = "Candidates while inserting into the HNSW graph.",
            converter = AtLeastOne.class)
    public int efConstruction;

    @Option(
            names = "--hnsw-ef-search",
            paramLabel = "N",
            defaultValue = "200",
            description = "Candidates while searching the HNSW graph.",
            converter = AtLeastOne.class)
    public int efSearch;

    public RedisOptions() {
        this(System.getenv());
    }

    /** Takes secrets from these variables. */
    public RedisOptions(Map<String, String> environment) {
        secrets = new Secrets(environment);
    }

    /**
     * Where Redis is.
     *
     * @throws Misconfiguration when the address carries a password, which the web UI would show
     */
    public RedisSettings settings(int connections) {
        if (uri.toString().contains("@")) {
            throw new Misconfiguration("--redis must not carry a user or password. Give --redis-user, and"
                    + " the password in the environment as TARN_REDIS_PASSWORD or TARN_REDIS_PASSWORD_FILE.");
        }
        return new RedisSettings(uri, user, secrets.value("TARN_REDIS_PASSWORD"), timeout, connections);
    }

    /** What holds and searches the vectors. */
    public EngineSettings engine() {
        return new EngineSettings(engineKind, shards, new HnswSettings(quantization, m, efConstruction, efSearch));
    }
}
