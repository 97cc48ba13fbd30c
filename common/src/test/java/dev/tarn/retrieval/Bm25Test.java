package dev.tarn.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;
import org.junit.jupiter.api.Test;

class Bm25Test {
    private static final String[] WORDS = {
        "replica", "replicas", "running", "runs", "the", "of", "commit", "log", "LOG", "O'Brien's", "snapshot", "x-42"
    };

    /** Lucene rounds the lengths of texts above 40 terms, so these are shorter; x-42 is two terms. */
    private static final int LONGEST = 19;

    private final Analysis analysis = new Analysis();

    @Test
    void scoresAreThoseOfLucene() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<String> texts = new ArrayList<>();
            int count = 1 + random.nextInt(20);
            for (int i = 0; i < count; i++) {
                texts.add(words(random, LONGEST));
            }
            String question = words(random, 6);

            double[] scores =
                    new Bm25(new TermTable(texts.stream().map(analysis::of).toList())).scores(analysis.of(question));

            double[] lucenes = lucene(texts, question);
            for (int i = 0; i < scores.length; i++) {
                assertThat(scores[i]).as("seed %d, round %d", seed, round).isCloseTo(lucenes[i], within(1e-4));
            }
        }
    }

    @Test
    void noTextOrNoWordIsNoScore() {
        assertThat(new Bm25(new TermTable(List.of())).scores(analysis.of("why")))
                .isEmpty();
        assertThat(new Bm25(new TermTable(List.of(analysis.of(""), analysis.of("the log"))))
                        .scores(analysis.of("of the")))
                .containsExactly(0, 0);
    }

    private static String words(Random random, int most) {
        List<String> words = new ArrayList<>();
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            words.add(WORDS[random.nextInt(WORDS.length)]);
        }
        return String.join(" ", words);
    }

    private static double[] lucene(List<String> texts, String question) throws IOException {
        double[] scores = new double[texts.size()];
        try (EnglishAnalyzer analyzer = new EnglishAnalyzer();
                ByteBuffersDirectory directory = new ByteBuffersDirectory()) {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (String text : texts) {
                    Document document = new Document();
                    document.add(new TextField("text", text, Field.Store.NO));
                    writer.addDocument(document);
                }
                writer.forceMerge(1);
            }
            Query query = new QueryBuilder(analyzer).createBooleanQuery("text", question);
            if (query == null) {
                return scores;
            }
            try (DirectoryReader reader = DirectoryReader.open(directory)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(new BM25Similarity());
                for (ScoreDoc hit : searcher.search(query, texts.size()).scoreDocs) {
                    scores[hit.doc] = hit.score;
                }
            }
        }
        return scores;
    }
}
