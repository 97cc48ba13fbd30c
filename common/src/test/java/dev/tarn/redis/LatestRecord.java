package dev.tarn.redis;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.source.SourcePosition;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The oracle: which of a document's records decides, as the index promises it, told of all of them at once. */
final class LatestRecord {
    private LatestRecord() {}

    static Optional<ChunkedDocument> of(Collection<ChunkedDocument> records) {
        Long greatest = records.stream()
                .map(LatestRecord::version)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
        List<ChunkedDocument> rest = records.stream()
                .filter(record -> version(record) == null || version(record).equals(greatest))
                .toList();
        return rest.stream()
                .filter(record -> rest.stream().noneMatch(other -> isLater(other, record)))
                .findFirst();
    }

    /** The record's version; null where it has none, as a delete. */
    static Long version(ChunkedDocument record) {
        return record.isDelete() ? null : record.document().version();
    }

    static boolean isLater(ChunkedDocument one, ChunkedDocument other) {
        SourcePosition a = one.source().position();
        SourcePosition b = other.source().position();
        if (a.log().equals(b.log())) {
            return a.offset() > b.offset();
        }
        int byTime = a.timestamp().compareTo(b.timestamp());
        return byTime > 0 || byTime == 0 && a.log().compareTo(b.log()) > 0;
    }

    /**
     * Whether the outcome depends on the order of arrival: one without a version stands after a greater and before a lower
     * one.
     */
    static boolean isAmbiguous(ChunkedDocument without, Collection<ChunkedDocument> records) {
        return !without.isDelete()
                && version(without) == null
                && records.stream()
                        .filter(low -> version(low) != null && isLater(low, without))
                        .anyMatch(low -> records.stream()
                                .anyMatch(high -> version(high) != null
                                        && version(high) > version(low)
                                        && isLater(without, high)));
    }
}
