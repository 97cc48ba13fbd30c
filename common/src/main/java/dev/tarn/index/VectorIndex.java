package dev.tarn.index;

import dev.tarn.document.ChunkedDocument;
import dev.tarn.failure.Misconfiguration;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.failure.TransientFailure;
import dev.tarn.question.Passage;
import java.util.List;
import java.util.Optional;

/**
 * The index of all documents.
 *
 * <p>Of the records of one document, those with a lower {@code version} than another one has are out; of the rest, those
 * with the greatest version and those with none, the latest decides: the one with the greater offset in the same log, else
 * the one with the later timestamp. So of two records the one with the greater version wins where both have one; and a
 * delete, which has none, keeps the version of what it deletes, so that an older version can't come back after it.
 *
 * <p>The order in which records come doesn't matter, with two exceptions, for the index keeps one content. Documents with
 * a version mixed with such without: where one without stands after a greater version and before a lower one, and the
 * lower one comes first. Timestamps that go back within a log: where the document has records in several logs.
 *
 * <p>Calls block, are safe for many threads, and make one attempt. Each throws {@link TransientFailure} when the server
 * can't answer now, {@link PermanentFailure} when it refuses this input, and {@link Misconfiguration} when the server,
 * or how the index was made, does not fit the settings.
 */
public interface VectorIndex extends AutoCloseable {

    /**
     * Looks up what the index holds of a document. An unchanged document is complete after this: the manifest takes
     * over the record's position.
     */
    Plan plan(ChunkedDocument document);

    /**
     * Makes the document visible as planned, and removes what it replaces.
     *
     * @return the receipt, or empty when the manifest has moved since the plan: plan again
     */
    Optional<Receipt> commit(EmbeddedDocument document);

    /** Removes what deliveries have written of a record that is refused in the end; what is visible stays. */
    void discard(ChunkedDocument document);

    /**
     * Finds the passages nearest to a vector, of current versions only.
     *
     * @return at most {@code topK} passages with at least {@code minScore}, nearest first, cited from 1
     * @throws PermanentFailure when the filter asks for a field that no document ever had, or never with a value of that kind
     */
    List<Passage> search(Search search);

    /**
     * Finds passages to choose from, as {@link #search} does; and, where the index has one of words, those that have words of
     * {@code text}, however far they are.
     *
     * @param count how many of the nearest are wanted; fewer may come where there are {@code topK}
     * @param neighbours how many chunks before and after each are to be named
     * @return at most {@code count}, or {@code topK} where that is more, and those found by words; with at least {@code
     *     minScore}, nearest first
     * @throws PermanentFailure as {@link #search}
     */
    List<Candidate> candidates(Search search, int count, int neighbours);

    /**
     * The texts of chunks, each null where it is not there any more.
     *
     * @param chunks elements that {@link #candidates} named
     */
    List<String> texts(List<Element> chunks);

    @Override
    void close();
}
