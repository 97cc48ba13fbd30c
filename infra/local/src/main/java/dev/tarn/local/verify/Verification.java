package dev.tarn.local.verify;

import dev.tarn.audit.Expectation;
import dev.tarn.audit.Verdict;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.index.IndexSpec;
import dev.tarn.index.RecordOrder;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.ollama.OllamaSettings;
import dev.tarn.redis.EngineSettings;
import dev.tarn.redis.RedisAudit;
import dev.tarn.redis.RedisSettings;
import dev.tarn.source.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Compares the index with the documents topic, once. See the package's documentation. */
public final class Verification {
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final int BATCH_RECORDS = 100;
    private static final int BATCH_BYTES = 4 << 20;

    private final DocumentsTopic topic;
    private final RedisAudit audit;
    private final VerifySettings settings;
    private final Progress progressBar;
    private final Expectations expectations;
    private final Suspects suspects;
    private final Extras extras;
    private final Orphans orphans;
    private final byte[] salt = Fingerprints.newSalt();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> listed = new HashMap<>();
    private final List<Expectation> batch = new ArrayList<>();
    private final List<SourceRecord> batchRecords = new ArrayList<>();
    private int batchBytes;
    private long records;
    private long documents;

    /** Is told how many records of how many are read. */
    @FunctionalInterface
    public interface Progress {
        void at(long read, long of);
    }

    /**
     * Compares.
     *
     * @param findings takes each difference as it is found
     * @throws dev.tarn.failure.TransientFailure when Redis can't answer now
     */
    public static Summary run(
            KafkaOptions kafka,
            RedisSettings redis,
            VerifySettings settings,
            Consumer<Finding> findings,
            Progress progress) {
        try (RedisAudit audit = RedisAudit.open(redis);
                DocumentsTopic topic = DocumentsTopic.now(kafka)) {
            return new Verification(kafka, topic, audit, settings, Remedy.NONE, findings, progress).run();
        }
    }

    /**
     * Compares, and mends what it finds as it goes. Whether all of it is mended is for the next comparison to say.
     *
     * @throws dev.tarn.failure.TransientFailure when Redis or the model server can't answer now
     * @throws dev.tarn.failure.Misconfiguration when the index was made by another model, or with other settings
     */
    public static Summary repair(
            KafkaOptions kafka,
            RedisSettings redis,
            EngineSettings engine,
            OllamaSettings model,
            VerifySettings settings,
            Consumer<Finding> findings,
            Progress progress) {
        try (RedisAudit audit = RedisAudit.open(redis);
                DocumentsTopic topic = DocumentsTopic.now(kafka);
                Repair repair = Repair.open(audit, redis, engine, model)) {
            return new Verification(kafka, topic, audit, settings, repair, findings, progress).run();
        }
    }

    private Verification(
            KafkaOptions kafka,
            DocumentsTopic topic,
            RedisAudit audit,
            VerifySettings settings,
            Remedy remedy,
            Consumer<Finding> findings,
            Progress progressBar) {
        this.topic = topic;
        this.audit = audit;
        this.settings = settings;
        this.progressBar = progressBar;
        Consumer<Finding> counted = finding -> {
            counts.merge(finding.kind().text(), 1L, Long::sum);
            findings.accept(finding);
        };
        expectations = new Expectations(audit.spec().map(IndexSpec::chunking).orElse(ChunkingSettings.DEFAULT));
        suspects = new Suspects(kafka, topic, audit, expectations, remedy, counted);
        extras = new Extras(topic, audit, remedy, counted);
        orphans = new Orphans(audit, remedy, counted, SETTLING);
    }

    private Summary run() {
        awaitProgress();
        Map<String, Long> progress = progress();
        long size = topic.size();
        long most = Math.max(audit.countManifests(), size);
        long slices = Math.max(1, (most + settings.keysInMemory() - 1) / settings.keysInMemory());
        for (long slice = 0; slice < slices; slice++) {
            compare(new Slice(slice, slices), progress, size);
        }
        audit.orphans(progress, expectedVectors(), orphans::add);
        orphans.resolve();
        return new Summary(counts.isEmpty(), records, documents, counts);
    }

    /**
     * Where nothing was found, each chunk that is listed has its vector, and their number tells whether there are others.
     * Else one that is missing might hide one that is too many.
     */
    private Map<String, Long> expectedVectors() {
        return counts.isEmpty() ? listed : Map.of();
    }

    /** A part of all documents, by fingerprint. */
    private record Slice(long number, long of) {
        boolean includes(byte[] salt, String id) {
            return of == 1 || Long.remainderUnsigned(Fingerprints.of(salt, id), of) == number;
        }
    }

    private void awaitProgress() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < settings.patience().toNanos()) {
            Map<String, Long> reached = audit.progress();
            boolean all = topic.logs().entrySet().stream()
                    .allMatch(log -> reached.getOrDefault(log.getKey(), 0L) >= log.getValue());
            if (all) {
                return;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /**
     * Of a log of this topic that the index knows nothing of, nothing is done. Of one that the topic no longer has, because it
     * was created again, nothing comes any more.
     */
    private Map<String, Long> progress() {
        Map<String, Long> progress = new HashMap<>();
        topic.logs().keySet().forEach(log -> progress.put(log, 0L));
        audit.progress().forEach((log, offset) -> {
            if (topic.logs().containsKey(log) || !log.startsWith(topic.name() + "/")) {
                progress.put(log, offset);
            }
        });
        return progress;
    }

    private void compare(Slice slice, Map<String, Long> progress, long size) {
        Fingerprints met = new Fingerprints(salt);
        long[] read = {slice.number() * size};
        topic.read(record -> {
            progressBar.at(++read[0], size * slice.of());
            Expectations.id(record)
                    .ifPresentOrElse(
                            id -> {
                                if (slice.includes(salt, id)) {
                                    add(id, record, met);
                                }
                            },
                            () -> {
                                if (slice.number() == 0) {
                                    addUnusable(record);
                                }
                            });
        });
        flush(met);
        suspects.resolve();
        Map<String, Long> ends = topic.logs();
        audit.documents(progress, document -> {
            if (!slice.includes(salt, document.id())) {
                return;
            }
            document.unfinished().forEach(orphans::add);
            if (document.isLive()) {
                documents++;
                document.collections().forEach((collection, count) -> listed.merge(collection, count, Long::sum));
            }
            boolean claims = document.isLive() || met.contains(superseded(document.id()));
            if (claims && !met.contains(document.id()) && isBefore(document.order(), ends)) {
                extras.add(document);
            }
        });
        extras.resolve();
    }

    /** Ids have no such beginning that were met with a record that the index holds. */
    private static String superseded(String id) {
        return "\0superseded " + id;
    }

    /** Whether a record stood in this topic, or in one of the same name before it; others' documents are theirs. */
    private boolean isBefore(RecordOrder order, Map<String, Long> ends) {
        Long end = ends.get(order.log());
        return end == null ? order.log().startsWith(topic.name() + "/") : order.offset() < end;
    }

    /** A key that can't be an id makes no document; deleting it changes nothing. */
    private void addUnusable(SourceRecord record) {
        records++;
        if (!record.isTombstone()) {
            suspects.add(new Suspect(
                    null,
                    record.position(),
                    null,
                    false,
                    new Verdict(Verdict.State.MISSING, "the record's key can't be a document's id")));
        }
    }

    private void add(String id, SourceRecord record, Fingerprints met) {
        records++;
        batch.add(expectations.of(id, record));
        batchRecords.add(record);
        batchBytes += record.isTombstone() ? 0 : record.value().length;
        if (batch.size() >= BATCH_RECORDS || batchBytes >= BATCH_BYTES) {
            flush(met);
        }
    }

    private void flush(Fingerprints met) {
        List<Verdict> verdicts = audit.compare(batch);
        for (int i = 0; i < verdicts.size(); i++) {
            Expectation expected = batch.get(i);
            SourceRecord record = batchRecords.get(i);
            Verdict verdict = verdicts.get(i);
            if (verdict.state() != Verdict.State.SUPERSEDED) {
                met.add(expected.id());
            } else if (!expected.isDelete()) {
                met.add(superseded(expected.id()));
            }
            if (verdict.differs() || verdict.state() == Verdict.State.MOVING) {
                suspects.add(
                        new Suspect(expected.id(), record.position(), expected.order(), record.isTombstone(), verdict));
            }
        }
        batch.clear();
        batchRecords.clear();
        batchBytes = 0;
    }
}
