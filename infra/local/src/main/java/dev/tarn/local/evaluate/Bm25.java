package dev.tarn.local.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
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

/**
 * Lucene's BM25 over whole documents, title and text as one field, with its English analysis and its usual parameters: the
 * baseline that any search engine gives.
 */
final class Bm25 implements AutoCloseable {
    private static final String ID = "id";
    private static final String TEXT = "text";

    private final Analyzer analyzer = new EnglishAnalyzer();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    Bm25(List<EvaluatedDocument> documents) {
        try {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (EvaluatedDocument document : documents) {
                    Document fields = new Document();
                    fields.add(new StringField(ID, document.id(), Field.Store.YES));
                    fields.add(new TextField(TEXT, text(document), Field.Store.NO));
                    writer.addDocument(fields);
                }
            }
            reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no input and output", e);
        }
        searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity());
    }

    private static String text(EvaluatedDocument document) {
        return document.title() == null ? document.text() : document.title() + "\n\n" + document.text();
    }

    /** The documents that share a word with the question, best first. */
    List<Hit> search(String question, int count) {
        Query query = new QueryBuilder(analyzer).createBooleanQuery(TEXT, question);
        if (query == null) {
            return List.of();
        }
        try {
            List<Hit> hits = new ArrayList<>();
            for (ScoreDoc found : searcher.search(query, count).scoreDocs) {
                String id = searcher.storedFields().document(found.doc).get(ID);
                hits.add(new Hit(id, null, found.score, null));
            }
            return hits;
        } catch (IOException e) {
            throw new UncheckedIOException("memory has no input and output", e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
