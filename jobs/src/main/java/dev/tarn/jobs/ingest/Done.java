package dev.tarn.jobs.ingest;

import dev.tarn.deadletter.DeadLetter;
import dev.tarn.index.Receipt;
import dev.tarn.source.SourcePosition;

/**
 * A record that has ended as a receipt or a dead letter.
 *
 * @param log where it stands
 * @param offset its offset there
 */
public record Done(String log, long offset) {

    static Done of(Receipt receipt) {
        return new Done(receipt.source().log(), receipt.source().offset());
    }

    static Done of(DeadLetter dead) {
        SourcePosition position = dead.source().position();
        return new Done(position.log(), position.offset());
    }
}
