package dev.tarn.redis;

import dev.tarn.document.MetadataValue;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.question.Filter;
import dev.tarn.text.CleanText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/**
 * The fields that any document's metadata ever had, and the kinds of their values: the hash {@code tarn:fields}. So a filter
 * by what cannot be there is told from one that nothing passes.
 *
 * <p>A writer registers what is new to it when it plans a document, before the document can be visible, and an unchanged one
 * as well: so what a server forgot is registered again when its records are delivered again. Fields are never taken away. An
 * index that was made before there was this hash, or one with more fields than have room in it, does not know all of its
 * fields, and then no filter is refused.
 */
final class MetadataFields {
    /** The most entries, one for each field and kind. */
    static final int MOST = 2_000;

    private static final Script REGISTER = Script.named("register.lua");

    /** The index has registered its fields from its first document on. */
    private static final String COMPLETE = "complete";

    /** Some had no room. */
    private static final String MORE = "more";

    private static final int LONGEST = 256;
    private static final int DIGEST_BYTES = 16;

    private final UnifiedJedis redis;
    private final Set<String> registered = ConcurrentHashMap.newKeySet();
    private volatile boolean full;

    MetadataFields(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Notes that a new index registers its fields from its first document on. */
    static void begin(UnifiedJedis redis) {
        redis.hset(Keys.FIELDS, COMPLETE, "1");
    }

    /** Registers what this writer has not registered yet; mostly that is nothing, and Redis is not asked. */
    void register(Map<String, MetadataValue> metadata) {
        List<String> entries = new ArrayList<>();
        metadata.forEach((name, value) -> entries.add(entry(value.kind(), name)));
        entries.removeAll(registered);
        if (full || entries.isEmpty()) {
            return;
        }
        List<String> arguments = new ArrayList<>(entries);
        arguments.add(0, Integer.toString(MOST));
        if (new Reply(REGISTER.run(redis, List.of(Keys.FIELDS), arguments))
                .status()
                .equals("full")) {
            full = true;
        } else {
            registered.addAll(entries);
        }
    }

    /**
     * Asks whether documents have what a filter asks for.
     *
     * @return to be run when the pipeline is done
     * @throws PermanentFailure by what is returned, when no document ever had a field of that name, or none that holds what it
     *     is compared with
     */
    static Runnable check(AbstractPipeline pipeline, Filter filter) {
        Map<String, Set<MetadataValue.Kind>> wanted = new TreeMap<>();
        filter.clause()
                .forEach((name, condition) -> wanted.computeIfAbsent(
                                name, any -> EnumSet.noneOf(MetadataValue.Kind.class))
                        .add(condition.kind()));
        if (wanted.isEmpty()) {
            return () -> {};
        }
        List<String> entries = new ArrayList<>(List.of(COMPLETE, MORE));
        wanted.keySet().forEach(name -> {
            for (MetadataValue.Kind kind : MetadataValue.Kind.values()) {
                entries.add(entry(kind, name));
            }
        });
        Response<List<String>> found = pipeline.hmget(Keys.FIELDS, entries.toArray(new String[0]));
        return () -> {
            Set<String> held = new HashSet<>(entries);
            for (int i = 0; i < entries.size(); i++) {
                if (found.get().get(i) == null) {
                    held.remove(entries.get(i));
                }
            }
            if (held.contains(COMPLETE) && !held.contains(MORE)) {
                wanted.forEach((name, kinds) -> require(name, kinds, held));
            }
        };
    }

    private static void require(String name, Set<MetadataValue.Kind> wanted, Set<String> held) {
        if (Stream.of(MetadataValue.Kind.values()).noneMatch(kind -> held.contains(entry(kind, name)))) {
            throw new PermanentFailure(
                    "the filter asks for a metadata field that no document ever had: " + CleanText.shown(name));
        }
        for (MetadataValue.Kind kind : wanted) {
            if (!held.contains(entry(kind, name))) {
                throw new PermanentFailure("the filter compares with " + kind
                        + " a metadata field that never held such: " + CleanText.shown(name));
            }
        }
    }

    private static String entry(MetadataValue.Kind kind, String name) {
        String encoded = Keys.encode(name);
        return kind.name().toLowerCase(Locale.ROOT) + ":"
                + (encoded.length() <= LONGEST ? encoded : "sha256=" + Digests.sha256(name, DIGEST_BYTES));
    }
}
