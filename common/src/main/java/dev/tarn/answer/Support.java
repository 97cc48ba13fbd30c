package dev.tarn.answer;

import dev.tarn.failure.TransientFailure;
import dev.tarn.model.Cosine;
import dev.tarn.model.Embedder;
import dev.tarn.question.Answer.Statement;
import dev.tarn.question.Passage;
import dev.tarn.text.PlainWords;
import dev.tarn.text.Wording;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares the sentences of a reply with the passages that they cite. A sentence that is one of a passage's, or some in a
 * row, word by word is supported by 1, with the same signs, operators and question marks ({@link Wording}); a clause that stands
 * in a longer one, which may deny it, is not, be it a line of its own. An item of a list counts as a sentence. Any other is
 * embedded, together with each sentence, and each two sentences in a row, of the passages that it cites, all in one call: its
 * support is the greatest cosine similarity. One passage of those that are cited is enough.
 *
 * <p>A vector sees what a sentence is about rather than what it claims: a sentence about something else has little
 * support; one that turns a number or a "not" around can have much.
 */
final class Support {
    private static final int MOST_SPANS = 80;

    private final Embedder embedder;
    private final double minSupport;

    Support(Embedder embedder, double minSupport) {
        this.embedder = embedder;
        this.minSupport = minSupport;
    }

    /**
     * The statements of a reply.
     *
     * @throws TransientFailure when the embedding model can't answer now
     */
    List<Statement> of(Draft draft, List<Passage> given) {
        Map<Integer, Passage> byNumber = new HashMap<>();
        given.forEach(passage -> byNumber.put(passage.citation(), passage));
        Set<String> texts = new LinkedHashSet<>();
        for (Draft.Sentence sentence : draft.sentences()) {
            if (isToBeEmbedded(sentence, byNumber)) {
                texts.add(sentence.text());
                texts.addAll(spans(sentence, byNumber));
            }
        }
        Map<String, float[]> vectors = embed(List.copyOf(texts));
        return draft.sentences().stream()
                .map(sentence -> statement(sentence, byNumber, vectors))
                .toList();
    }

    private Statement statement(Draft.Sentence sentence, Map<Integer, Passage> byNumber, Map<String, float[]> vectors) {
        Double support = null;
        if (isToBeEmbedded(sentence, byNumber)) {
            float[] said = vectors.get(sentence.text());
            support = spans(sentence, byNumber).stream()
                    .mapToDouble(span -> Cosine.similarity(said, vectors.get(span)))
                    .max()
                    .orElse(0);
        } else if (!sentence.citations().isEmpty()) {
            support = 1.0;
        }
        return new Statement(sentence.text(), sentence.citations(), support, support != null && support >= minSupport);
    }

    private static boolean isToBeEmbedded(Draft.Sentence sentence, Map<Integer, Passage> byNumber) {
        return !sentence.citations().isEmpty()
                && sentence.citations().stream()
                        .noneMatch(number -> says(byNumber.get(number).text(), sentence.text()));
    }

    /** Whether whole sentences of a passage are these words. */
    private static boolean says(String passage, String sentence) {
        String wanted = Wording.of(sentence);
        List<String> sentences =
                PassageSentences.of(passage).stream().map(Wording::of).toList();
        for (int from = 0; from < sentences.size(); from++) {
            StringBuilder run = new StringBuilder(" ");
            for (int to = from; to < sentences.size() && run.length() < wanted.length(); to++) {
                run.append(sentences.get(to).stripLeading());
            }
            if (wanted.contentEquals(run)) {
                return true;
            }
        }
        return false;
    }

    /** What a sentence is compared with: of very much, what shares most words with it. */
    private static List<String> spans(Draft.Sentence sentence, Map<Integer, Passage> byNumber) {
        Set<String> spans = new LinkedHashSet<>();
        sentence.citations()
                .forEach(number -> spans.addAll(spans(byNumber.get(number).text())));
        Set<String> said = PlainWords.stems(sentence.text());
        return spans.size() <= MOST_SPANS
                ? List.copyOf(spans)
                : spans.stream()
                        .map(span -> Map.entry(span, shared(said, PlainWords.stems(span))))
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .limit(MOST_SPANS)
                        .map(Map.Entry::getKey)
                        .toList();
    }

    private static long shared(Set<String> said, Set<String> span) {
        return said.stream().filter(span::contains).count();
    }

    private static List<String> spans(String passage) {
        List<String> sentences = PassageSentences.of(passage);
        List<String> spans = new ArrayList<>(sentences);
        for (int i = 0; i + 1 < sentences.size(); i++) {
            spans.add(sentences.get(i) + " " + sentences.get(i + 1));
        }
        return spans;
    }

    private Map<String, float[]> embed(List<String> texts) {
        Map<String, float[]> vectors = new HashMap<>();
        if (!texts.isEmpty()) {
            List<float[]> embedded = embedder.embed(texts);
            for (int i = 0; i < texts.size(); i++) {
                vectors.put(texts.get(i), embedded.get(i));
            }
        }
        return vectors;
    }
}
