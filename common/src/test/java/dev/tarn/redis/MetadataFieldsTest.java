package dev.tarn.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.question.Filter;
import dev.tarn.testing.RedisServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.UnifiedJedis;

class MetadataFieldsTest {
    private static final MetadataValue TEXT = MetadataValue.of("x");
    private static RedisServer server;

    private UnifiedJedis redis;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        redis = RedisClients.open(RedisSettings.of(server.uri()));
        redis.flushAll();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void whatOneWriterRegistersEveryReaderKnows() {
        MetadataFields.begin(redis);
        new MetadataFields(redis).register(Map.of("a b", TEXT, "x".repeat(1_000), MetadataValue.of(List.of())));
        new MetadataFields(redis).register(Map.of("a b", MetadataValue.of(true)));

        check(Map.of("a b", TEXT, "x".repeat(1_000), TEXT));
        check(Map.of("a b", MetadataValue.of(false)));
        assertRefused(Map.of("a_b", TEXT));
        assertRefused(Map.of("x".repeat(999), TEXT));
        assertThat(redis.hkeys("tarn:fields")).contains("complete", "text:a%20b", "flag:a%20b");
    }

    @Test
    void anIndexThatWasThereBeforeItsFieldsWereRegisteredRefusesNothing() {
        new MetadataFields(redis).register(Map.of("a", TEXT));

        check(Map.of("b", TEXT));
    }

    @Test
    void whatAServerForgotIsRegisteredByTheNextWriter() {
        MetadataFields.begin(redis);
        new MetadataFields(redis).register(Map.of("a", TEXT));
        redis.hdel("tarn:fields", "text:a");
        assertRefused(Map.of("a", TEXT));

        new MetadataFields(redis).register(Map.of("a", TEXT));

        check(Map.of("a", TEXT));
    }

    @Test
    void fieldsAreBoundedAndOneTooManyMakesThatNoneIsRefused() {
        MetadataFields.begin(redis);
        MetadataFields fields = new MetadataFields(redis);
        Map<String, MetadataValue> many = new HashMap<>();
        for (int i = 1; i < MetadataFields.MOST; i++) {
            many.put("field-" + i, TEXT);
        }
        fields.register(many);
        assertRefused(Map.of("other", TEXT));

        fields.register(Map.of("one", TEXT, "more", TEXT));
        fields.register(Map.of("and", TEXT, "more", TEXT));
        new MetadataFields(redis).register(Map.of("another", TEXT));

        check(Map.of("other", TEXT));
        assertThat(redis.hlen("tarn:fields")).isEqualTo(MetadataFields.MOST + 1);
    }

    private void assertRefused(Map<String, MetadataValue> filter) {
        assertThatThrownBy(() -> run(filter)).isInstanceOf(PermanentFailure.class);
    }

    private void check(Map<String, MetadataValue> filter) {
        assertThatCode(() -> run(filter)).doesNotThrowAnyException();
    }

    private void run(Map<String, MetadataValue> filter) {
        Runnable check;
        try (AbstractPipeline pipeline = redis.pipelined()) {
            check = MetadataFields.check(pipeline, Filter.of(filter));
        }
        check.run();
    }
}
