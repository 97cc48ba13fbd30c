package dev.tarn.local.evaluate;

import dev.tarn.document.Chunker;
import dev.tarn.document.ChunkingSettings;
import dev.tarn.document.Document;
import dev.tarn.document.DocumentParser;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.jobs.kafka.SourceRecords;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.TopicReader;
import dev.tarn.source.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The documents of a collection as the documents topic has them: what the baselines search is what was published. */
final class Documents {
    private static final Duration POLL = Duration.ofMillis(500);

    private Documents() {}

    /**
     * Reads the last record of each key, and cuts it as the ingest job does.
     *
     * @param chunking how the index was made
     */
    static List<EvaluatedDocument> read(KafkaOptions kafka, String collection, ChunkingSettings chunking) {
        Map<String, SourceRecord> last = new LinkedHashMap<>();
        try (TopicReader reader = TopicReader.fromBeginning(kafka.settings(), List.of(kafka.documentsTopic))) {
            while (!reader.caughtUp()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    if (record.key() != null) {
                        last.put(new String(record.key(), StandardCharsets.UTF_8), SourceRecords.of(record, ""));
                    }
                }
            }
        }
        Chunker chunker = new Chunker(chunking);
        List<EvaluatedDocument> documents = new ArrayList<>();
        for (SourceRecord record : last.values()) {
            if (record.value() != null) {
                add(documents, record, collection, chunker);
            }
        }
        return documents;
    }

    private static void add(
            List<EvaluatedDocument> documents, SourceRecord record, String collection, Chunker chunker) {
        try {
            Document document = DocumentParser.UNLIMITED.parse(record);
            if (document.collection().equals(collection)) {
                documents.add(new EvaluatedDocument(
                        document.id(),
                        document.title(),
                        document.text(),
                        chunker.chunk(record, document).chunks()));
            }
        } catch (PermanentFailure e) {
            // It is among the dead letters, and not in the index.
        }
    }
}
