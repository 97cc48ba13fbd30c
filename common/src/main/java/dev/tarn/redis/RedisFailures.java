package dev.tarn.redis;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.Redacted;
import dev.tarn.failure.TransientFailure;
import dev.tarn.security.Tls;
import java.util.Set;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisBroadcastException;
import redis.clients.jedis.exceptions.JedisClusterException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What a Redis error means.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors">Error prefixes</a>
 */
final class RedisFailures {
    private static final Set<String> PASSING = Set.of(
            "LOADING",
            "READONLY",
            "CLUSTERDOWN",
            "OOM",
            "BUSY",
            "TRYAGAIN",
            "MASTERDOWN",
            "MISCONF",
            "NOREPLICAS",
            "MOVED",
            "ASK",
            "UNBLOCKED");
    /** A cluster's node goes on "+ cluster connections reached", another "reached". */
    private static final String TOO_MANY_CLIENTS = "max number of clients";

    private static final String IN_SCRIPT = "ACL failure in script";
    private static final Set<String> FORBIDDEN = Set.of("NOAUTH", "WRONGPASS", "NOPERM");

    private RedisFailures() {}

    /** Runs a call and throws what its failure means. */
    static <T> T classified(Supplier<T> call) {
        try {
            return call.get();
        } catch (JedisException e) {
            throw classify(e);
        }
    }

    static void run(Runnable call) {
        classified(() -> {
            call.run();
            return null;
        });
    }

    static RuntimeException classify(JedisException e) {
        Redacted cause = Redacted.of(e);
        String message = String.valueOf(e.getMessage());
        String prefix = message.contains(" ") ? message.substring(0, message.indexOf(' ')) : message;
        if (e instanceof JedisAccessControlException || FORBIDDEN.contains(prefix) || message.contains(IN_SCRIPT)) {
            return new Misconfiguration(
                    "Redis denies access: " + firstWords(message) + ". Check --redis-user, its password and its rules.",
                    cause);
        }
        if (Tls.isUntrusted(e)) {
            return new Misconfiguration(
                    "The certificate of Redis is not trusted, or is another host's."
                            + " Check --redis and --redis-ca-file.",
                    cause);
        }
        if (isUnknownCommand(e) && (message.contains("'V") || message.contains("'FT."))) {
            return new Misconfiguration(
                    "Redis has no HNSW index of this kind: " + firstWords(message)
                            + ". Run Redis 8.0 or later, or leave the choice of the engine to --index-engine auto.",
                    cause);
        }
        if (message.contains("SELECT is not allowed in cluster mode")) {
            return new Misconfiguration("Redis Cluster has database 0 only. Leave the path of --redis out.", cause);
        }
        if (e instanceof JedisConnectionException
                || e instanceof JedisClusterOperationException
                || e instanceof JedisClusterException
                || e instanceof JedisBroadcastException
                || PASSING.contains(prefix)
                || message.contains(TOO_MANY_CLIENTS)) {
            return new TransientFailure("Redis can't serve the call now: " + firstWords(message), cause);
        }
        if (e instanceof JedisDataException) {
            return new PermanentFailure("Redis refuses the call: " + firstWords(message), cause);
        }
        return new TransientFailure("The call to Redis failed: " + firstWords(message), cause);
    }

    /** Whether the server is a replica; a script says so in its own words. */
    static boolean isReadOnly(JedisException e) {
        return String.valueOf(e.getMessage()).contains("READONLY");
    }

    static boolean isUnknownCommand(JedisException e) {
        return String.valueOf(e.getMessage()).contains("unknown command");
    }

    /** Redis echoes arguments in some errors; the cause is in the first words. */
    private static String firstWords(String message) {
        int arguments = message.indexOf(", with args");
        String cause = arguments < 0 ? message : message.substring(0, arguments);
        return cause.length() > 200 ? cause.substring(0, 200) : cause;
    }
}
