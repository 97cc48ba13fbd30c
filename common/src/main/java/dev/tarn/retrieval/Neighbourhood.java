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
    private final VectorIndex index;
    private final int fetched;

    /**
     * Puts together from an index.
     *
     * @param fetched how many chunks before and after a passage it brings along; those that are named beyond are taken when they
     *     are there for another passage
     */
    Neighbourhood(VectorIndex index, int fetched) {
        this.index = index;
        this.fetched = fetched;
    }

    /** The passages, with the texts around them; those that follow each other are one, in the place of the better. */
    List<Passage> join(List<Candidate> chosen) {
        Map<Element, String> texts = texts(chosen);
        List<Stretch> stretches = new ArrayList<>();
        for (Candidate candidate : chosen) {
            add(stretches, Stretch.of(candidate, texts));
        }
        List<Passage> passages = new ArrayList<>();
        for (Stretch stretch : stretches) {
            passages.add(stretch.passage(passages.size() + 1, texts));
        }
        return passages;
    }

    /** No two of the stretches that are there touch each other, but the new one may touch some of them. */
    private static void add(List<Stretch> stretches, Stretch added) {
        int place = stretches.size();
        Stretch joined = added;
        for (int i = stretches.size() - 1; i >= 0; i--) {
            Stretch better = stretches.get(i);
            if (better.touches(added)) {
                stretches.remove(i);
                place = i;
                joined = better.with(joined);
            }
        }
        stretches.add(Math.min(place, stretches.size()), joined);
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
