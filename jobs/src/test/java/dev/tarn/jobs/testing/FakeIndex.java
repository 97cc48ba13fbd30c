package dev.tarn.jobs.testing;

import dev.tarn.document.Chunk;
import dev.tarn.document.ChunkedDocument;
import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.index.EmbeddedDocument;
import dev.tarn.index.Plan;
import dev.tarn.index.Receipt;
import dev.tarn.index.Search;
import dev.tarn.index.VectorIndex;
import dev.tarn.question.Passage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An index that remembers what it was asked, holds the chunks it is told to, and finds what it is told to find. */
public final class FakeIndex implements VectorIndex {
    private final Map<String, String> heldElements = new HashMap<>();
    private final List<EmbeddedDocument> commits = new ArrayList<>();
    private final List<Search> searches = new ArrayList<>();
    private final List<String> discarded = new ArrayList<>();
    private List<Passage> found = List.of();
    private int plans;
    private int staleCommits;
    private Runnable whenStale = () -> {};
    private boolean closed;

    /** Holds a chunk from now on, as if another delivery had written it. */
    public void hold(String hash) {
        heldElements.put(hash, hash + ".element");
    }

    /** Takes the next commits for stale, and does this with each. */
    public void findStale(int nextCommits, Runnable meanwhile) {
        staleCommits = nextCommits;
        whenStale = meanwhile;
    }

    public void find(Passage... passages) {
        found = List.of(passages);
    }

    public List<EmbeddedDocument> commits() {
        return commits;
    }

    public Search onlySearch() {
        if (searches.size() != 1) {
            throw new IllegalStateException(searches.size() + " searches");
        }
        return searches.get(0);
    }

    public int plans() {
        return plans;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public Plan plan(ChunkedDocument document) {
        plans++;
        Map<String, String> reused = new HashMap<>(heldElements);
        reused.keySet().retainAll(document.chunks().stream().map(Chunk::hash).toList());
        return new Plan(Plan.State.WRITE, plans, reused, Map.of(), Map.of());
    }

    @Override
    public Optional<Receipt> commit(EmbeddedDocument embedded) {
        commits.add(embedded);
        if (staleCommits > 0) {
            staleCommits--;
            whenStale.run();
            return Optional.empty();
        }
        ChunkedDocument document = embedded.document();
        return Optional.of(new Receipt(
                document.id(),
                null,
                null,
                Receipt.Action.INDEXED,
                document.chunks().size(),
                embedded.vectors().size(),
                document.chunks().size() - embedded.vectors().size(),
                0,
                Receipt.Source.of(document.source().position()),
                document.source().position().timestamp(),
                document.source().position().timestamp()));
    }

    @Override
    public void discard(ChunkedDocument document) {
        discarded.add(document.id());
    }

    /** Ids of the documents that were given up, in order. */
    public List<String> discarded() {
        return discarded;
    }

    @Override
    public List<Passage> search(Search search) {
        searches.add(search);
        return found;
    }

    @Override
    public List<Candidate> candidates(Search search, int count, int neighbours) {
        return search(search).stream().map(Candidate::alone).toList();
    }

    @Override
    public List<String> texts(List<Element> chunks) {
        throw new UnsupportedOperationException("no candidate has neighbours");
    }

    @Override
    public void close() {
        closed = true;
    }
}
