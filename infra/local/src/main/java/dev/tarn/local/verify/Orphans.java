package dev.tarn.local.verify;

import dev.tarn.audit.Orphan;
import dev.tarn.redis.RedisAudit;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What belongs to no document. It is looked at again after a while before it becomes a finding. */
final class Orphans {
    private static final int MOST = 10_000;

    private final RedisAudit audit;
    private final Remedy remedy;
    private final Consumer<Finding> findings;
    private final Duration settling;
    private final Fingerprints reported = new Fingerprints(Fingerprints.newSalt());
    private final Set<Orphan> orphans = new LinkedHashSet<>();

    /** @param settling how long a late writer may take to remove what it wrote in vain */
    Orphans(RedisAudit audit, Remedy remedy, Consumer<Finding> findings, Duration settling) {
        this.audit = audit;
        this.remedy = remedy;
        this.findings = findings;
        this.settling = settling;
    }

    void add(Orphan orphan) {
        orphans.add(orphan);
        if (orphans.size() >= MOST) {
            resolve();
        }
    }

    void resolve() {
        if (orphans.isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        for (long left = settling.toNanos(); left > 0; left = settling.toNanos() - (System.nanoTime() - start)) {
            LockSupport.parkNanos(left);
        }
        for (Orphan orphan : audit.confirmed(List.copyOf(orphans))) {
            if (reported.add(orphan.toString())) {
                findings.accept(new Finding(Finding.Kind.ORPHAN, orphan.documentId(), orphan.describe(), null, null));
                remedy.sweep(orphan);
            }
        }
        orphans.clear();
    }
}
