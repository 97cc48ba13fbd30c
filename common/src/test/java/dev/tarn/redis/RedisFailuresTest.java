package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class RedisFailuresTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "READONLY You can't write against a read only replica.",
                "CLUSTERDOWN The cluster is down",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "BUSY Redis is busy running a script.",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "MASTERDOWN Link with MASTER is down",
                "MOVED 3999 127.0.0.1:6381",
                "ASK 3999 127.0.0.1:6381",
                "MISCONF Redis is configured to save RDB snapshots",
                "ERR max number of clients reached",
                "ERR max number of clients + cluster connections reached"
            })
    void whatPassesIsWaitedOut(String error) {
        assertThat(RedisFailures.classify(new JedisDataException(error))).isInstanceOf(TransientFailure.class);
    }

    @Test
    void aBrokenConnectionIsWaitedOut() {
        assertThat(RedisFailures.classify(new JedisConnectionException("refused")))
                .isInstanceOf(TransientFailure.class);
        assertThat(RedisFailures.classify(new JedisClusterOperationException("No more cluster attempts left.")))
                .isInstanceOf(TransientFailure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VCARD", "FT._LIST"})
    void aServerWithoutTheEngineStopsTheJobWithTheRemedy(String command) {
        assertThat(RedisFailures.classify(new JedisDataException(
                        "ERR unknown command '" + command + "', with args beginning with: 'tarn:vectors:default:0'")))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("Run Redis 8.0 or later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair",
                "ERR ACL failure in script: User tarn has no permissions to run the 'info' command script: 1, on @user_script:1."
            })
    void deniedAccessStopsTheJobWithTheRemedy(String error) {
        assertThat(RedisFailures.classify(new JedisDataException(error)))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("--redis-user");
    }

    @Test
    void whatIsWrongWithThisInputIsADeadLetter() {
        assertThat(RedisFailures.classify(new JedisDataException("ERR Vector dimension mismatch - got 3")))
                .isInstanceOf(PermanentFailure.class);
    }

    @Test
    void noCauseRepeatsTheArguments() {
        RuntimeException failure = RedisFailures.classify(
                new JedisDataException("ERR unknown command 'X', with args beginning with: 'secret'"));

        assertThat(failure).hasStackTraceContaining("JedisDataException");
        assertThat(failure.getMessage()).doesNotContain("secret");
        assertThat(failure.getCause().getMessage()).doesNotContain("secret");
    }
}
