package dev.tarn.retrieval;

import dev.tarn.index.Candidate;
import dev.tarn.index.Element;
import dev.tarn.question.Passage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chunks of one document that follow each other.
 *
 * @param best the passage that they are here for
 * @param chunks in the document's order
 */
record Stretch(Passage best, List<Element> chunks) {

    /** A candidate with so many of its neighbours on both sides, as far as each has a text. */
    static Stretch of(Candidate candidate, int neighbours, Map<Element, String> texts) {
        List<Element> chunks = new ArrayList<>(List.of(own(candidate.passage())));
        for (String name : candidate.before().stream().limit(neighbours).toList()) {
            Element before = element(candidate, name);
            if (!texts.containsKey(before)) {
                break;
            }
            chunks.add(0, before);
        }
        for (String name : candidate.after().stream().limit(neighbours).toList()) {
            Element after = element(candidate, name);
            if (!texts.containsKey(after)) {
                break;
            }
            chunks.add(after);
        }
        return new Stretch(candidate.passage(), List.copyOf(chunks));
    }

    /** A candidate and all that is named around it, in the document's order. */
    static List<Element> named(Candidate candidate) {
        List<Element> named = new ArrayList<>();
        candidate.before().forEach(name -> named.add(0, element(candidate, name)));
        named.add(own(candidate.passage()));
        candidate.after().forEach(name -> named.add(element(candidate, name)));
        return named;
    }

    private static Element element(Candidate candidate, String name) {
        return new Element(candidate.passage().documentId(), name);
    }

    private static Element own(Passage passage) {
        return new Element(passage.documentId(), passage.chunkId());
    }

    /**
     * Whether they have a chunk in common, or one follows on the other.
     *
     * @param next what follows on each chunk
     */
    boolean touches(Stretch other, Map<Element, Element> next) {
        return reaches(other, next) || other.reaches(this, next);
    }

    private boolean reaches(Stretch later, Map<Element, Element> next) {
        Element first = later.chunks.get(0);
        return chunks.contains(first) || first.equals(next.get(chunks.get(chunks.size() - 1)));
    }

    /** Both as one, for the passage of this one; they must touch. */
    Stretch with(Stretch other, Map<Element, Element> next) {
        boolean isFirst = reaches(other, next);
        Set<Element> joined = new LinkedHashSet<>(isFirst ? chunks : other.chunks);
        joined.addAll(isFirst ? other.chunks : chunks);
        return new Stretch(best, List.copyOf(joined));
    }

    /** What none of the others has. */
    Stretch without(List<Stretch> others) {
        return new Stretch(
                best,
                chunks.stream()
                        .filter(chunk -> others.stream()
                                .noneMatch(other -> other.chunks().contains(chunk)))
                        .toList());
    }

    /** Whether the passage is among the chunks. */
    boolean hasItsOwn() {
        return chunks.contains(own(best));
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
