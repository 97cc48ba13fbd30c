package dev.tarn.local.verify;

import java.util.Map;

/**
 * What a comparison came to.
 *
 * @param equal whether the index equals the topic
 * @param records how many records of the topic were compared
 * @param documents how many documents can be found in the index
 * @param findings kind to how many there are; a kind without any is left out
 */
public record Summary(boolean equal, long records, long documents, Map<String, Long> findings) {}
