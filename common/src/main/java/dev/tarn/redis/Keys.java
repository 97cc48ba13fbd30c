package dev.tarn.redis;

import dev.tarn.source.SourcePosition;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Names of keys, elements and members. The layout is described in the package's documentation. */
final class Keys {
    static final String SPEC = "tarn:spec";
    /** The fields of metadata's numbers that are in the schema of the query engine's index. */
    static final String NUMBERS = "tarn:numbers";

    /** The fields that any document's metadata ever had. */
    static final String FIELDS = "tarn:fields";

    static final String PROGRESS = "tarn:progress";
    static final String MANIFESTS = "tarn:{*}:manifest";
    static final String ALL_PAYLOADS = "tarn:{*}:chunk:*";
    static final String ALL_VECTORS = "tarn:vectors:*";
    /** What the payloads' names begin with, and the manifests' as well. */
    static final String OF_DOCUMENTS = "tarn:{";

    private static final String VECTORS = "tarn:vectors:";
    private static final String CHUNK = "}:chunk:";

    private static final int LOG_BYTES = 6;
    private static final int SLOTS = 16_384;
    private static final int PROGRESS_COPIES = 64;

    private Keys() {}

    static String manifest(String encodedId) {
        return OF_DOCUMENTS + encodedId + "}:manifest";
    }

    static String chunk(String encodedId, String element) {
        return OF_DOCUMENTS + encodedId + CHUNK + element;
    }

    /** The element whose payload this is, written as a member. */
    static String memberOf(String chunk) {
        int end = chunk.indexOf(CHUNK);
        return member(chunk.substring(OF_DOCUMENTS.length(), end), chunk.substring(end + CHUNK.length()));
    }

    /** A key in each {@link #PROGRESS_COPIES}th part of the slots. */
    static List<String> progressOfCluster() {
        String[] keys = new String[PROGRESS_COPIES];
        int found = 0;
        for (int i = 0; found < PROGRESS_COPIES; i++) {
            String key = PROGRESS + ":{" + i + "}";
            int part = JedisClusterCRC16.getSlot(key) * PROGRESS_COPIES / SLOTS;
            if (keys[part] == null) {
                keys[part] = key;
                found++;
            }
        }
        return List.of(keys);
    }

    static String vectors(String collection, int shard) {
        return VECTORS + collection + ":" + shard;
    }

    /** Vectors of texts, in a part of the cache. */
    static String embeddings(int part, String generation) {
        return "tarn:embeddings:{" + part + "}:" + generation;
    }

    static String collectionOf(String vectors) {
        return vectors.substring(VECTORS.length(), vectors.lastIndexOf(':'));
    }

    /** The part of a collection that holds a document; the same for ever, and for each of its chunks. */
    static int shard(String encodedId, int shards) {
        CRC32 crc = new CRC32();
        crc.update(encodedId.getBytes(StandardCharsets.US_ASCII));
        return (int) (crc.getValue() % shards);
    }

    static String member(String encodedId, String element) {
        return encodedId + ":" + element;
    }

    /** The element that a record writes for a chunk. */
    static String element(String hash, SourcePosition position) {
        return hash + "." + position.partition() + "-" + position.offset() + "-" + logDigest(position.log());
    }

    static String hashOf(String element) {
        return element.substring(0, element.indexOf('.'));
    }

    /** What an element's name says of the log that its record stands in. */
    static String logDigest(String log) {
        return Digests.sha256(log, LOG_BYTES);
    }

    /** The encoded id in the name of a manifest or a payload. */
    static String encodedIdOf(String key) {
        return key.substring(key.indexOf('{') + 1, key.indexOf('}'));
    }

    /** The element in the name of a payload. */
    static String elementOf(String chunkKey) {
        return chunkKey.substring(chunkKey.indexOf("}:chunk:") + "}:chunk:".length());
    }

    /** The id that was encoded. */
    static String decode(String encodedId) {
        return URLDecoder.decode(encodedId, StandardCharsets.UTF_8);
    }

    /** Percent-encodes all but letters, digits, {@code -}, {@code _}, {@code .} and {@code ~}. */
    static String encode(String id) {
        StringBuilder encoded = new StringBuilder(id.length() + 8);
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.~".indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return encoded.toString();
    }
}
