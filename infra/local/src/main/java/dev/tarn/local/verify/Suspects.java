package dev.tarn.local.verify;

import dev.tarn.audit.Verdict;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.redis.RedisAudit;
import dev.tarn.source.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Records that the index did not hold. They are looked at again before they become findings, many at once. */
final class Suspects {
    private static final int MOST = 10_000;
    private static final int BATCH = 500;

    private final KafkaOptions kafka;
    private final DocumentsTopic topic;
    private final RedisAudit audit;
    private final Expectations expectations;
    private final Remedy remedy;
    private final Consumer<Finding> findings;
    private final List<Suspect> suspects = new ArrayList<>();

    Suspects(
            KafkaOptions kafka,
            DocumentsTopic topic,
            RedisAudit audit,
            Expectations expectations,
            Remedy remedy,
            Consumer<Finding> findings) {
        this.kafka = kafka;
        this.topic = topic;
        this.audit = audit;
        this.expectations = expectations;
        this.remedy = remedy;
        this.findings = findings;
    }

    void add(Suspect suspect) {
        suspects.add(suspect);
        if (suspects.size() >= MOST) {
            resolve();
        }
    }

    /** Reports those that are differences still. The progress is read before they are looked at. */
    void resolve() {
        if (suspects.isEmpty()) {
            return;
        }
        Map<String, Long> progress = audit.progress();
        List<Suspect> firm = new ArrayList<>();
        for (int from = 0; from < suspects.size(); from += BATCH) {
            firm.addAll(lookAgain(suspects.subList(from, Math.min(from + BATCH, suspects.size()))));
        }
        suspects.clear();
        Map<SourcePosition, String> reasons = firm.isEmpty()
                ? Map.of()
                : DeadLetterReasons.of(
                        kafka, firm.stream().map(Suspect::position).toList());
        Map<String, List<Suspect>> byDocument = new HashMap<>();
        for (Suspect suspect : firm) {
            if (suspect.id() == null) {
                report(suspect, progress, reasons);
            } else {
                byDocument
                        .computeIfAbsent(suspect.id(), id -> new ArrayList<>())
                        .add(suspect);
            }
        }
        byDocument.values().forEach(records -> reportLatest(records, progress, reasons));
    }

    private List<Suspect> lookAgain(List<Suspect> batch) {
        List<Suspect> firm = new ArrayList<>();
        List<Suspect> open = new ArrayList<>();
        for (Suspect suspect : batch) {
            if (suspect.id() == null) {
                firm.add(suspect);
            } else {
                open.add(suspect);
            }
        }
        List<Verdict> verdicts = audit.compare(open.stream().map(Suspect::again).toList());
        for (int i = 0; i < open.size(); i++) {
            Suspect suspect = open.get(i);
            switch (verdicts.get(i).state()) {
                case MISSING, STALE -> firm.add(suspect.with(verdicts.get(i)));
                case DAMAGED, MOVING -> compareWhole(suspect).ifPresent(firm::add);
                case EQUAL, SETTLED, SUPERSEDED -> {}
            }
        }
        return firm;
    }

    /** The index has the record by now, or had it all the while: only the record itself tells whether it is whole. */
    private Optional<Suspect> compareWhole(Suspect suspect) {
        return topic.at(suspect.position().partition(), suspect.position().offset())
                .map(record -> suspect.with(audit.compare(List.of(expectations.of(suspect.id(), record)))
                        .get(0)))
                .filter(again -> again.verdict().differs());
    }

    /** Of the records of one document only the latest counts, and what it would replace if it is refused. */
    private void reportLatest(List<Suspect> records, Map<String, Long> progress, Map<SourcePosition, String> reasons) {
        List<Suspect> latestFirst = new ArrayList<>(records);
        latestFirst.sort(
                (a, b) -> a.order().isOlderThan(b.order()) ? 1 : b.order().isOlderThan(a.order()) ? -1 : 0);
        for (Suspect suspect : latestFirst) {
            if (report(suspect, progress, reasons) != Finding.Kind.DEAD_LETTER) {
                return;
            }
        }
    }

    private Finding.Kind report(Suspect suspect, Map<String, Long> progress, Map<SourcePosition, String> reasons) {
        Finding finding = finding(suspect, progress, reasons);
        findings.accept(finding);
        boolean mends = suspect.id() != null
                && finding.kind() != Finding.Kind.PENDING
                && finding.kind() != Finding.Kind.DEAD_LETTER;
        if (mends) {
            topic.at(suspect.position().partition(), suspect.position().offset())
                    .ifPresent(record -> remedy.deliver(suspect.id(), record, finding.kind() == Finding.Kind.DAMAGED));
        }
        return finding.kind();
    }

    private static Finding finding(Suspect suspect, Map<String, Long> progress, Map<SourcePosition, String> reasons) {
        String reason = reasons.get(suspect.position());
        if (suspect.verdict().state() == Verdict.State.DAMAGED) {
            return suspect.finding(Finding.Kind.DAMAGED, suspect.verdict().detail());
        }
        if (reason != null) {
            return suspect.finding(Finding.Kind.DEAD_LETTER, reason);
        }
        if (suspect.position().offset()
                >= progress.getOrDefault(suspect.position().log(), 0L)) {
            return suspect.finding(Finding.Kind.PENDING, suspect.verdict().detail());
        }
        return suspect.finding(
                suspect.verdict().state() == Verdict.State.STALE ? Finding.Kind.STALE : Finding.Kind.MISSING,
                suspect.verdict().detail());
    }
}
