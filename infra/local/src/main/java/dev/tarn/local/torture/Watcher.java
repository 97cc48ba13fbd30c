package dev.tarn.local.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tarn.failure.TransientFailure;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;

/**
 * A reader that never stops to look: by searches, and by manifests and their payloads as they lie in Redis. It sees that of
 * each document there is one revision at a time, whole, and never one older than it saw before.
 */
final class Watcher implements AutoCloseable {
    private static final int TOP_K = 20;
    private static final int MOST_REPORTS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI redis;
    private final Supplier<VectorIndex> opener;
    private final History history;
    private final Random random;
    private final Map<String, Integer> newest = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final Thread thread = new Thread(this::watch, "watcher");
    private VectorIndex index;
    private volatile boolean running = true;
    private long looks;

    /** @param opener opens the index for reading */
    Watcher(URI redis, Supplier<VectorIndex> opener, History history, long seed) {
        this.redis = redis;
        this.opener = opener;
        this.history = history;
        this.random = new Random(seed);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** What no reader may ever see, a line each, and was seen since this was last asked. */
    synchronized List<String> takeViolations() {
        List<String> taken = List.copyOf(violations);
        violations.clear();
        return taken;
    }

    /** Searches and reads that were answered. */
    synchronized long looks() {
        return looks;
    }

    /** Does not look while Redis forgets, and starts anew after it: what it saw before may now come back. */
    synchronized void forgetDuring(Runnable fault) {
        fault.run();
        newest.clear();
    }

    private void watch() {
        while (running) {
            look();
            Wait.pause(Duration.ofMillis(5));
        }
    }

    private synchronized void look() {
        try {
            if (random.nextBoolean()) {
                search();
            } else {
                read("lake-" + random.nextInt(Workload.KEYS));
            }
            looks++;
        } catch (TransientFailure | JedisException outage) {
            Wait.pause(Duration.ofMillis(50));
        } catch (RuntimeException e) {
            report("a reader failed: " + e);
        }
    }

    private void search() {
        if (index == null) {
            index = opener.get();
        }
        float[] vector = HashedWords.embed(Prose.paragraph(random.nextInt(1_000)), ModelServer.DIMENSION);
        Map<String, Set<String>> texts = new HashMap<>();
        Map<String, Set<Integer>> numbers = new HashMap<>();
        for (Passage passage : index.search(new Search("default", vector, TOP_K, -1, Filter.NONE))) {
            texts.computeIfAbsent(passage.documentId(), id -> new HashSet<>()).add(passage.text());
            numbers.computeIfAbsent(passage.documentId(), id -> new HashSet<>()).add(Revision.numberOf(passage.uri()));
        }
        numbers.forEach((id, found) -> {
            if (found.size() > 1) {
                report("a search found the revisions " + found + " of " + id + " at once");
                return;
            }
            int number = found.iterator().next();
            Revision revision = history.get(id, number);
            if (revision == null || !revision.texts().containsAll(texts.get(id))) {
                report("a search found chunks of " + id + " that its revision " + number + " does not have");
            }
            seen(id, number, "a search");
        });
    }

    /** A manifest that is the same before and after its payloads were read must have had all of them. */
    private void read(String id) {
        String manifest = "tarn:{" + id + "}:manifest";
        try (Jedis jedis = new Jedis(redis)) {
            Map<String, String> fields = jedis.hgetAll(manifest);
            String document = fields.getOrDefault("document", "");
            if (document.isEmpty()) {
                return;
            }
            List<Response<String>> payloads = new ArrayList<>();
            Response<String> after;
            try (Pipeline pipeline = jedis.pipelined()) {
                for (String field : fields.keySet()) {
                    if (field.startsWith("e:")) {
                        payloads.add(pipeline.hget("tarn:{" + id + "}:chunk:" + field.substring(2), "text"));
                    }
                }
                after = pipeline.hget(manifest, "revision");
            }
            if (!fields.get("revision").equals(after.get())) {
                return;
            }
            Set<String> texts = new HashSet<>();
            payloads.forEach(payload -> texts.add(payload.get()));
            int number = Revision.numberOf(JSON.readTree(document).path("uri").asText());
            Revision revision = history.get(id, number);
            if (revision == null || !revision.texts().equals(texts)) {
                report("the manifest of " + id + " does not list what its revision " + number + " has");
            }
            seen(id, number, "a manifest");
        } catch (JsonProcessingException e) {
            report("the manifest of " + id + " is no JSON");
        }
    }

    private void seen(String id, int number, String where) {
        Integer before = newest.put(id, number);
        if (before != null && before > number) {
            report(where + " went back from revision " + before + " of " + id + " to " + number);
        }
    }

    private void report(String violation) {
        if (violations.size() < MOST_REPORTS) {
            violations.add(violation);
        }
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (index != null) {
            index.close();
        }
    }
}
