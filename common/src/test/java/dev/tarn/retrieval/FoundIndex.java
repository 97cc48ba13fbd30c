package dev.tarn.retrieval;

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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An index to read from: each document's chunks are called by their place, and the first one added is the nearest. */
final class FoundIndex implements VectorIndex {
    private final List<Candidate> found = new ArrayList<>();
    private final List<List<String>> documents = new ArrayList<>();
    private final Set<String> gone = new HashSet<>();
    final List<String> fetched = new ArrayList<>();
    private double passing = 1;
    int fetches;
    int mostCandidates;

    /** Adds a document; its number is its id. */
    FoundIndex document(String... chunks) {
        documents.add(List.of(chunks));
        return this;
    }

    /** Makes a chunk the next nearest. */
    FoundIndex find(int document, int chunk) {
        List<String> chunks = documents.get(document);
        List<String> before = new ArrayList<>();
        for (int i = chunk - 1; i >= 0; i--) {
            before.add(Integer.toString(i));
        }
        List<String> after = new ArrayList<>();
        for (int i = chunk + 1; i < chunks.size(); i++) {
            after.add(Integer.toString(i));
        }
        Passage passage = new Passage(
                found.size() + 1,
                Integer.toString(document),
                null,
                Integer.toString(chunk),
                null,
                null,
                0.9 - found.size() * 0.1,
                chunks.get(chunk));
        found.add(new Candidate(passage, before, after));
        return this;
    }

    /** Gives the last one that was found a title. */
    FoundIndex titled(String title) {
        Candidate last = found.remove(found.size() - 1);
        Passage passage = last.passage();
        Passage titled = new Passage(
                passage.citation(),
                passage.documentId(),
                null,
                passage.chunkId(),
                title,
                null,
                passage.score(),
                passage.text());
        found.add(new Candidate(titled, last.before(), last.after()));
        return this;
    }

    /** From now on gives only so much of what is asked for, as an index with a filter may; but {@code topK}. */
    FoundIndex passing(double share) {
        passing = share;
        return this;
    }

    FoundIndex loses(int document, int chunk) {
        gone.add(document + "/" + chunk);
        return this;
    }

    @Override
    public List<Passage> search(Search search) {
        return candidates(search, 0, 0).stream().map(Candidate::passage).toList();
    }

    @Override
    public List<Candidate> candidates(Search search, int count, int neighbours) {
        mostCandidates = Math.max(mostCandidates, count);
        return found.stream()
                .limit(Math.max((int) (count * passing), search.topK()))
                .map(each -> new Candidate(
                        each.passage(),
                        each.before()
                                .subList(0, Math.min(neighbours, each.before().size())),
                        each.after()
                                .subList(0, Math.min(neighbours, each.after().size()))))
                .toList();
    }

    @Override
    public List<String> texts(List<Element> chunks) {
        fetches++;
        List<String> texts = new ArrayList<>();
        for (Element chunk : chunks) {
            fetched.add(chunk.name());
            boolean isGone = gone.contains(chunk.documentId() + "/" + chunk.name());
            texts.add(
                    isGone
                            ? null
                            : documents
                                    .get(Integer.parseInt(chunk.documentId()))
                                    .get(Integer.parseInt(chunk.name())));
        }
        return texts;
    }

    @Override
    public Plan plan(ChunkedDocument document) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Receipt> commit(EmbeddedDocument document) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void discard(ChunkedDocument document) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
