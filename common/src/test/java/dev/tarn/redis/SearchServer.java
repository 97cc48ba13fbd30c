package dev.tarn.redis;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.UnifiedJedis;

/** A server with the query engine that is given. One class uses it at a time, whatever other JVMs run beside. */
final class SearchServer implements BeforeAllCallback, AfterAllCallback {
    private static final String VARIABLE = "TARN_TEST_SEARCH_REDIS";
    private static final Path LOCK = Path.of("target", "search-server.lock");

    private FileChannel held;

    /** Runs on the server that is given; its keys {@code tarn:*} and indexes {@code tarn*} are removed. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIfEnvironmentVariable(
            named = VARIABLE,
            matches = "redis://.+",
            disabledReason = VARIABLE + " names no Redis with the query engine, such as the image redis:8 is")
    @ExtendWith(SearchServer.class)
    @interface Given {}

    static URI uri() {
        return URI.create(System.getenv(VARIABLE));
    }

    static RedisSettings settings() {
        return RedisSettings.of(uri());
    }

    /** Removes all that earlier tests have left. */
    static void empty(UnifiedJedis client) {
        client.ftList().stream().filter(name -> name.startsWith("tarn")).forEach(client::ftDropIndex);
        client.keys("tarn:*").forEach(client::del);
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        held = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        held.lock();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        held.close();
    }
}
