package dev.tarn.jobs.options;

import static dev.tarn.jobs.options.MountedFile.absolute;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.HnswSettings;
import dev.tarn.redis.RedisSettings;
import dev.tarn.security.Secret;
import dev.tarn.security.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the index is, and how it is made. */
public final class RedisOptions {
    private static final String PASSWORD = "TARN_REDIS_PASSWORD";

    private final Map<String, String> environment;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            defaultValue = "redis://localhost:6379",
            description = "Redis 8.0 or later: redis://HOST:PORT/DATABASE, or rediss:// for TLS."
                    + " Of a cluster, any of its nodes, or several: redis://HOST:PORT,HOST:PORT.")
    public URI uri;

    @Option(names = "--redis-user", paramLabel = "NAME", description = "The ACL user; without it, the default user.")
    public String user;

    @Option(
            names = "--redis-password-file",
            paramLabel = "FILE",
            description = "A file that holds the password; without it, the variable TARN_REDIS_PASSWORD.")
    public Path passwordFile;

    @Option(
            names = "--redis-password",
            hidden = true,
            description = "Refused: a secret is no option.",
            converter = SecretValue.OfRedis.class)
    private String unusedPassword;

    @Option(
            names = "--redis-ca-file",
            paramLabel = "FILE",
            description = "The certificates to trust in place of the JVM's, in PEM; for rediss://.")
    public Path caFile;

    @Option(
            names = "--redis-cert-file",
            paramLabel = "FILE",
            description = "A client certificate with its chain, in PEM, where Redis asks for one.")
    public Path certificateFile;

    @Option(
            names = "--redis-key-file",
            paramLabel = "FILE",
            description = "The private key of the client certificate, in PEM (PKCS #8).")
    public Path keyFile;

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
        this.environment = Map.copyOf(environment);
    }

    /**
     * Where Redis is.
     *
     * @throws Misconfiguration when the address carries a password, which the web UI would show, or does not fit the files
     */
    public RedisSettings settings(int connections) {
        if (uri.toString().contains("@")) {
            throw new Misconfiguration("--redis must not carry a user or password. Give --redis-user, and the password"
                    + " in the environment variable " + PASSWORD + " or in a file: --redis-password-file.");
        }
        Tls tls = new Tls(absolute(caFile), absolute(certificateFile), absolute(keyFile));
        if (!tls.equals(Tls.DEFAULT) && !"rediss".equals(uri.getScheme())) {
            throw new Misconfiguration("--redis has certificates, but no TLS: begin it with rediss://");
        }
        Secret password = Secret.of(PASSWORD, absolute(passwordFile), environment);
        return new RedisSettings(uri, user, password, tls, timeout, connections);
    }

    /** What holds and searches the vectors. */
    public EngineSettings engine() {
        return new EngineSettings(engineKind, shards, new HnswSettings(quantization, m, efConstruction, efSearch));
    }
}
