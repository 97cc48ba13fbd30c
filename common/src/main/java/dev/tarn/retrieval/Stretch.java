package dev.tarn.retrieval;

import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.question.Passage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Chunks of one document that follow each other.
 *
 * @param best the passage that they are here for
 * @param chunks in the document's order
 */
record Stretch(Passage best, List<Element> chunks) {

    /** A candidate with those of its neighbours that have a text, as far as no other is between. */
    static Stretch of(Candidate candidate, Map<Element, String> texts) {
        Passage passage = candidate.passage();
        Deque<Element> chunks = new ArrayDeque<>();
        chunks.add(new Element(passage.documentId(), passage.chunkId()));
        for (String name : candidate.before()) {
            Element before = new Element(passage.documentId(), name);
            if (!texts.containsKey(before)) {
                break;
            }
            chunks.addFirst(before);
        }
        for (String name : candidate.after()) {
            Element after = new Element(passage.documentId(), name);
            if (!texts.containsKey(after)) {
                break;
            }
            chunks.addLast(after);
        }
        return new Stretch(passage, List.copyOf(chunks));
    }

    /** Whether they have a chunk in common. */
    boolean touches(Stretch other) {
        return !Collections.disjoint(chunks, other.chunks);
    }

    /** Both as one, for the passage of this one. */
    Stretch with(Stretch other) {
        List<Element> joined = new ArrayList<>(other.chunks.contains(chunks.get(0)) ? other.chunks : chunks);
        List<Element> rest = other.chunks.contains(chunks.get(0)) ? chunks : other.chunks;
        rest.stream().filter(chunk -> !joined.contains(chunk)).forEach(joined::add);
        return new Stretch(best, List.copyOf(joined));
    }

    /** The passage with all of the text. */
    Passage passage(int citation, Map<Element, String> texts) {
        StringBuilder text = new StringBuilder();
        for (Element chunk : chunks) {
            ChunkOverlap.append(text, texts.get(chunk));
        }
        Passage cited = best.chosen(citation, best.legs());
        return chunks.size() == 1
                ? cited
                : cited.joined(
                        text.toString(), chunks.stream().map(Element::name).toList());
    }
}
