package dev.tarn.audit;

import dev.tarn.index.RecordOrder;
import java.util.List;
import java.util.Map;

/**
 * A document as the index has it.
 *
 * @param id its id
 * @param order the place of the record that it was made from
 * @param revision of what is listed of it
 * @param collections each to how many chunks are listed in it; none once the document is deleted
 * @param unfinished what was to be removed and is not, though nothing is under way
 */
public record IndexedDocument(
        String id, RecordOrder order, String revision, Map<String, Long> collections, List<Orphan> unfinished) {

    /** Whether it can be found. */
    public boolean isLive() {
        return !collections.isEmpty();
    }
}
