package dev.tarn.local.verify;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.IndexedDocument;
import dev.tarn.audit.Verdict;
import dev.tarn.document.Chunker;
import dev.tarn.redis.RedisAudit;
import dev.tarn.source.SourcePosition;
import dev.tarn.source.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Documents of the index that were not met in the topic. They are looked at again before they become findings. */
final class Extras {
    private static final int MOST = 10_000;

    private final DocumentsTopic topic;
    private final RedisAudit audit;
    private final Remedy remedy;
    private final Consumer<Finding> findings;
    private final Map<String, IndexedDocument> extras = new HashMap<>();

    Extras(DocumentsTopic topic, RedisAudit audit, Remedy remedy, Consumer<Finding> findings) {
        this.topic = topic;
        this.audit = audit;
        this.remedy = remedy;
        this.findings = findings;
    }

    void add(IndexedDocument document) {
        extras.put(document.id(), document);
        if (extras.size() >= MOST) {
            resolve();
        }
    }

    /** Reports those that no record came for meanwhile, and that are there still. */
    void resolve() {
        if (extras.isEmpty()) {
            return;
        }
        topic.readOn(record -> Expectations.id(record).ifPresent(extras::remove));
        List<IndexedDocument> open = new ArrayList<>(extras.values());
        extras.clear();
        List<Verdict> verdicts =
                audit.compare(open.stream().map(Extras::deleted).toList());
        for (int i = 0; i < open.size(); i++) {
            IndexedDocument document = open.get(i);
            Verdict.State asSeen = document.isLive() ? Verdict.State.DAMAGED : Verdict.State.EQUAL;
            if (verdicts.get(i).state() == asSeen) {
                findings.accept(new Finding(
                        Finding.Kind.EXTRA,
                        document.id(),
                        (document.isLive() ? "the index holds offset " : "the index holds the delete at offset ")
                                + document.order().offset() + " of "
                                + document.order().log() + ", which is not in the topic, nor is a later one",
                        null,
                        null));
                remedy.remove(document);
            }
        }
    }

    /** A delete at just the document's place: it is damaged if the document is there still. */
    private static Expectation deleted(IndexedDocument document) {
        SourcePosition nowhere = new SourcePosition("", "", 0, 0, Instant.EPOCH);
        SourceRecord record = new SourceRecord(nowhere, null, null, List.of());
        return new Expectation(document.id(), document.order(), Chunker.delete(record, document.id()));
    }
}
