package dev.tarn.local.torture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Everything that Redis holds of Tarn, read by a plain client: the documents as they are listed, and what is wrong by
 * itself. It is no snapshot, so only that of an index at rest says anything.
 *
 * @param documents by their ids, without the deleted ones
 * @param problems what is listed and not there, or there and not listed
 */
record IndexContents(Map<String, ExpectedDocument> documents, List<String> problems) {
    private static final Pattern KEY = Pattern.compile("tarn:\\{([^}]*)\\}:(manifest|chunk:(.+))");
    private static final String VECTORS = "tarn:vectors:";
    private static final Pattern OWN =
            Pattern.compile("tarn:(spec|numbers|fields|progress|progress:.*|\\{progress.*|embeddings:.*)");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SCAN_COUNT = 1_000;

    static IndexContents read(URI redis) {
        try (Jedis jedis = new Jedis(redis)) {
            return new Reading(jedis).read();
        }
    }

    /** One pass over all keys. */
    private static final class Reading {
        private final Jedis jedis;
        private final Map<String, Response<Map<String, String>>> manifests = new HashMap<>();
        private final Map<String, Response<String>> payloads = new HashMap<>();
        private final Set<String> vectors = new HashSet<>();
        private final List<String> problems = new ArrayList<>();

        Reading(Jedis jedis) {
            this.jedis = jedis;
        }

        IndexContents read() {
            try (Pipeline pipeline = jedis.pipelined()) {
                keys().forEach(key -> sort(key, pipeline));
            }
            vectorSets();
            Map<String, ExpectedDocument> documents = new HashMap<>();
            Set<String> listed = new HashSet<>();
            manifests.forEach((id, manifest) -> document(id, manifest.get(), documents, listed));
            payloads.keySet().stream()
                    .filter(element -> !listed.contains(element))
                    .forEach(element -> problems.add("the payload " + element + " is not listed"));
            vectors.stream()
                    .filter(element -> !listed.contains(element))
                    .forEach(element -> problems.add("the vector " + element + " is not listed"));
            return new IndexContents(documents, problems);
        }

        private Set<String> keys() {
            Set<String> keys = new HashSet<>();
            ScanParams all = new ScanParams().match("tarn:*").count(SCAN_COUNT);
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> page = jedis.scan(cursor, all);
                keys.addAll(page.getResult());
                cursor = page.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            return keys;
        }

        private void sort(String key, Pipeline pipeline) {
            Matcher name = KEY.matcher(key);
            if (!name.matches()) {
                if (!key.startsWith(VECTORS) && !OWN.matcher(key).matches()) {
                    problems.add("nobody knows what the key " + key + " is for");
                }
            } else if (name.group(3) == null) {
                manifests.put(name.group(1), pipeline.hgetAll(key));
            } else {
                payloads.put(name.group(1) + ":" + name.group(3), pipeline.hget(key, "text"));
            }
        }

        /** All members of all vector sets; the sets may come in shards. */
        private void vectorSets() {
            for (String key : keys()) {
                if (key.startsWith(VECTORS) && jedis.type(key).equals("vectorset")) {
                    int count = Math.toIntExact(jedis.vcard(key) + SCAN_COUNT);
                    for (String element : jedis.vrandmember(key, count)) {
                        if (!vectors.add(element)) {
                            problems.add("the vector " + element + " is in two sets");
                        }
                    }
                }
            }
        }

        private void document(
                String id, Map<String, String> manifest, Map<String, ExpectedDocument> documents, Set<String> listed) {
            Set<String> chunks = new HashSet<>();
            for (String field : manifest.keySet()) {
                String element = id + ":" + field.substring(field.indexOf(':') + 1);
                if (field.startsWith("g:")) {
                    problems.add("the garbage " + element + " was not removed");
                } else if (field.startsWith("e:")) {
                    listed.add(element);
                    if (!payloads.containsKey(element)) {
                        problems.add("the element " + element + " has no payload");
                    } else if (!chunks.add(payloads.get(element).get())) {
                        problems.add("the element " + element + " holds a chunk twice");
                    }
                    if (!vectors.contains(element)) {
                        problems.add("the element " + element + " has no vector");
                    }
                }
            }
            String document = manifest.getOrDefault("document", "");
            if (document.isEmpty()) {
                if (!chunks.isEmpty()) {
                    problems.add("the deleted document " + id + " lists chunks");
                }
                return;
            }
            try {
                documents.put(
                        URLDecoder.decode(id, StandardCharsets.UTF_8),
                        ExpectedDocument.of(JSON.readTree(document), chunks));
            } catch (JsonProcessingException e) {
                problems.add("the manifest of " + id + " is no JSON");
            }
        }
    }
}
