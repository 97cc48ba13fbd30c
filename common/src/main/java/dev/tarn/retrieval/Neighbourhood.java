package dev.tarn.retrieval;

import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.index.VectorIndex;
import dev.tarn.question.Passage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts passages together with the chunks around them. The neighbours were named with the passage, by one state of the
 * document's manifest, and their texts never change: so what is put together is of one version, whenever it is fetched.
 */
final class Neighbourhood {
    /** Passages that follow each other become one of no more than so many passages with all their neighbours. */
    private static final int MOST_WINDOWS = 2;

    private final VectorIndex index;
    private final int fetched;
    private final int mostChunks;

    /**
     * Puts together from an index.
     *
     * @param fetched how many chunks before and after a passage it brings along; the one that is named beyond tells what follows
     *     on it
     */
    Neighbourhood(VectorIndex index, int fetched) {
        this.index = index;
        this.fetched = fetched;
        mostChunks = MOST_WINDOWS * (2 * fetched + 1);
    }

    /**
     * The passages, with the texts around them; those that follow each other are one, in the place of the better, unless that is
     * too long for a prompt that must drop passages whole. No chunk is in two of them.
     */
    List<Passage> join(List<Candidate> chosen) {
        Map<Element, String> texts = texts(chosen);
        Map<Element, Element> next = new HashMap<>();
        chosen.forEach(candidate -> link(next, Stretch.named(candidate)));
        List<Stretch> stretches = new ArrayList<>();
        for (Candidate candidate : chosen) {
            add(stretches, Stretch.of(candidate, fetched, texts), next);
        }
        List<Passage> passages = new ArrayList<>();
        for (Stretch stretch : stretches) {
            passages.add(stretch.passage(passages.size() + 1, texts));
        }
        return passages;
    }

    private static void link(Map<Element, Element> next, List<Element> inOrder) {
        for (int i = 0; i + 1 < inOrder.size(); i++) {
            next.put(inOrder.get(i), inOrder.get(i + 1));
        }
    }

    /**
     * Of the stretches that are there, none of which has a chunk of another, the new one becomes one with those that it touches,
     * as long as that is short enough. What it has of the others it leaves to them.
     */
    private void add(List<Stretch> stretches, Stretch added, Map<Element, Element> next) {
        Stretch joined = added;
        int place = stretches.size();
        boolean isJoined = false;
        for (Stretch other : List.copyOf(stretches)) {
            if (other.touches(joined, next) && other.with(joined, next).chunks().size() <= mostChunks) {
                joined = isJoined ? joined.with(other, next) : other.with(joined, next);
                place = isJoined ? place : stretches.indexOf(other);
                stretches.remove(other);
                isJoined = true;
            }
        }
        joined = joined.without(stretches);
        if (joined.hasItsOwn()) {
            stretches.add(place, joined);
        }
    }

    private Map<Element, String> texts(List<Candidate> chosen) {
        Map<Element, String> texts = new HashMap<>();
        Set<Element> wanted = new LinkedHashSet<>();
        for (Candidate candidate : chosen) {
            String document = candidate.passage().documentId();
            Stream.concat(
                            candidate.before().stream().limit(fetched),
                            candidate.after().stream().limit(fetched))
                    .forEach(name -> wanted.add(new Element(document, name)));
        }
        for (Candidate candidate : chosen) {
            Passage passage = candidate.passage();
            Element own = new Element(passage.documentId(), passage.chunkId());
            texts.put(own, passage.text());
            wanted.remove(own);
        }
        if (!wanted.isEmpty()) {
            List<Element> asked = List.copyOf(wanted);
            List<String> found = index.texts(asked);
            for (int i = 0; i < asked.size(); i++) {
                if (found.get(i) != null) {
                    texts.put(asked.get(i), found.get(i));
                }
            }
        }
        return texts;
    }
}
