package dev.tarn.redis;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.json.Json;
import dev.tarn.source.SourcePosition;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.RestoreParams;

/**
 * What Redis holds of the one document of {@link RandomRecords}, read without the product's code.
 *
 * @param manifest its fields; empty where there is none
 * @param payloads elements
 * @param vectors elements, each behind its collection and a slash
 */
record StoredDocument(Map<String, String> manifest, Set<String> payloads, Set<String> vectors) {

    /** Elements that are listed, each to its collection. */
    Map<String, String> listed() {
        return marked("e:");
    }

    Map<String, String> garbage() {
        return marked("g:");
    }

    /** Invariant J: what is listed is there. */
    boolean hasAllThatIsListed() {
        return payloads.containsAll(listed().keySet()) && vectors.containsAll(listedVectors());
    }

    /** Invariant I3: what is there is listed. */
    boolean hasOnlyWhatIsListed() {
        return payloads.equals(listed().keySet())
                && vectors.equals(listedVectors())
                && garbage().isEmpty();
    }

    /** Whether no record of the document is there; its first plan may be, and what was written for it. */
    boolean showsNothing() {
        return manifest.keySet().stream().allMatch(field -> field.equals("revision") || field.startsWith("g:"));
    }

    /** Whether the manifest stands for this record, and lists its chunks and nothing else. */
    boolean shows(ChunkedDocument record) {
        SourcePosition position = record.source().position();
        Set<String> hashes = record.chunks().stream().map(Chunk::hash).collect(Collectors.toSet());
        Set<String> listedHashes = listed().keySet().stream()
                .map(element -> element.substring(0, element.indexOf('.')))
                .collect(Collectors.toSet());
        return position.log().equals(manifest.get("log"))
                && number("offset").equals(position.offset())
                && Objects.equals(number("version"), LatestRecord.version(record))
                && (record.isDelete() ? "" : Json.writeCompact(record.document())).equals(manifest.get("document"))
                && listedHashes.equals(hashes)
                && listed().size() == hashes.size()
                && listed().values().stream()
                        .allMatch(collection ->
                                collection.equals(record.document().collection()));
    }

    /** Reads a number that is stored as text that sorts. */
    private Long number(String field) {
        String sortable = manifest.get(field);
        return sortable.isEmpty() ? null : (Long) (Long.parseUnsignedLong(sortable) ^ Long.MIN_VALUE);
    }

    private Set<String> listedVectors() {
        Set<String> members = new HashSet<>();
        listed().forEach((element, collection) -> members.add(collection + "/" + element));
        return members;
    }

    private Map<String, String> marked(String mark) {
        Map<String, String> marked = new HashMap<>();
        manifest.forEach((field, value) -> {
            if (field.startsWith(mark)) {
                marked.put(field.substring(mark.length()), value);
            }
        });
        return marked;
    }

    /** One database of a server, and a connection of its own to it. */
    static final class Database implements AutoCloseable {
        private static final String EVERYTHING = """
                local all = {}
                for _, key in ipairs(redis.call('KEYS', 'tarn:*')) do
                  local type = redis.call('TYPE', key).ok
                  if type == 'hash' then
                    all[#all + 1] = {key, redis.call('HGETALL', key)}
                  elseif type == 'vectorset' then
                    all[#all + 1] = {key, redis.call('VRANDMEMBER', key, 1000000)}
                  end
                end
                return all
                """;
        private static final String MANIFEST = "tarn:{" + RandomRecords.ID + "}:manifest";
        private static final String CHUNK = "tarn:{" + RandomRecords.ID + "}:chunk:";
        private static final String VECTORS = "tarn:vectors:";

        private final Jedis redis;
        private final String script;

        Database(URI server, int database) {
            redis = new Jedis(
                    new HostAndPort(server.getHost(), server.getPort()),
                    DefaultJedisClientConfig.builder().database(database).build());
            script = redis.scriptLoad(EVERYTHING);
        }

        StoredDocument read() {
            Map<String, String> manifest = new HashMap<>();
            Set<String> payloads = new TreeSet<>();
            Set<String> vectors = new TreeSet<>();
            for (Object entry : (List<?>) redis.evalsha(script)) {
                String key = (String) ((List<?>) entry).get(0);
                List<String> values = ((List<?>) ((List<?>) entry).get(1))
                        .stream().map(String.class::cast).toList();
                if (key.equals(MANIFEST)) {
                    for (int i = 0; i < values.size(); i += 2) {
                        manifest.put(values.get(i), values.get(i + 1));
                    }
                } else if (key.startsWith(CHUNK)) {
                    payloads.add(key.substring(CHUNK.length()));
                } else if (key.startsWith(VECTORS)) {
                    String collection = key.substring(VECTORS.length()).split(":", 2)[0];
                    values.forEach(member -> vectors.add(collection + "/" + member.split(":", 2)[1]));
                }
            }
            return new StoredDocument(manifest, payloads, vectors);
        }

        /** All but how the index was made, which whoever opens it for writing records again. */
        void clear() {
            String spec = redis.get("tarn:spec");
            redis.flushDB();
            redis.set("tarn:spec", spec);
        }

        /** Every key, as it is now. */
        Map<String, byte[]> dump() {
            Map<String, byte[]> dumped = new TreeMap<>();
            redis.keys("*").forEach(key -> dumped.put(key, redis.dump(key)));
            dumped.remove("tarn:spec");
            return dumped;
        }

        /** Goes back to what was dumped. */
        void restore(Map<String, byte[]> dumped) {
            clear();
            dumped.forEach((key, value) ->
                    redis.restore(key.getBytes(StandardCharsets.UTF_8), 0, value, RestoreParams.restoreParams()));
        }

        @Override
        public void close() {
            redis.close();
        }
    }
}
