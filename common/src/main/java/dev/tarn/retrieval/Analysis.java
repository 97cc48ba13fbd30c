package dev.tarn.retrieval;

import dev.tarn.question.Passage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Lucene's English analysis: words in lower case, without stop words, cut to their stems.
 *
 * <p>An element of the index is written once and its text never changes, so that the last ones are kept analysed, each
 * with the title that its document had. Safe for many threads.
 */
final class Analysis implements AutoCloseable {
    private static final int KEPT = 2_000;
    private static final int MOST_SHARED = 20_000;
    private static final int USUAL_TERMS = 128;
    private static final String FIELD = "text";

    private final Analyzer analyzer = new EnglishAnalyzer();
    private final Map<Analysed, Terms> kept = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Analysed, Terms> eldest) {
            return size() > KEPT;
        }
    });

    /** Terms that texts have in common: were each kept for each text, a collection of garbage would look at them all. */
    private final Map<String, String> shared = new ConcurrentHashMap<>();

    private record Analysed(String chunkId, String documentId, String title) {}

    /** The terms of a passage: of its document's title, and of its text. */
    Terms of(Passage passage) {
        Analysed key = new Analysed(passage.chunkId(), passage.documentId(), passage.title());
        Terms terms = kept.get(key);
        if (terms == null) {
            terms = of(passage.title() == null ? passage.text() : passage.title() + "\n\n" + passage.text());
            kept.put(key, terms);
        }
        return terms;
    }

    /** The terms of a text. */
    Terms of(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>(USUAL_TERMS);
        int length = 0;
        try (TokenStream tokens = analyzer.tokenStream(FIELD, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                counts.merge(term.toString(), 1, Integer::sum);
                length++;
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no input and output", e);
        }
        List<String> distinct = counts.keySet().stream().map(this::shared).toList();
        return new Terms(
                distinct, counts.values().stream().mapToInt(Integer::intValue).toArray(), length);
    }

    private String shared(String term) {
        String other = shared.putIfAbsent(term, term);
        if (other != null) {
            return other;
        }
        if (shared.size() > MOST_SHARED) {
            shared.clear();
        }
        return term;
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
