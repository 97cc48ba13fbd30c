package dev.tarn.redis;

import dev.tarn.source.SourcePosition;
import java.nio.charset.StandardCharsets;

/** Names of keys, elements and members. The layout is described in the package's documentation. */
final class Keys {
    static final String SPEC = "tarn:spec";
    static final String PROGRESS = "tarn:progress";
    static final String MANIFESTS = "tarn:{*}:manifest";
    static final String ALL_VECTORS = "tarn:vectors:*";

    private static final int LOG_BYTES = 6;

    private Keys() {}

    static String manifest(String encodedId) {
        return "tarn:{" + encodedId + "}:manifest";
    }

    static String chunk(String encodedId, String element) {
        return "tarn:{" + encodedId + "}:chunk:" + element;
    }

    static String vectors(String collection) {
        return "tarn:vectors:" + collection;
    }

    static String member(String encodedId, String element) {
        return encodedId + ":" + element;
    }

    /** The element that a record writes for a chunk. */
    static String element(String hash, SourcePosition position) {
        return hash + "." + position.partition() + "-" + position.offset() + "-"
                + Digests.sha256(position.log(), LOG_BYTES);
    }

    static String hashOf(String element) {
        return element.substring(0, element.indexOf('.'));
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
