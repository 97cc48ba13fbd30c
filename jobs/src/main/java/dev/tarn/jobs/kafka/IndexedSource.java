package dev.tarn.jobs.kafka;

import dev.tarn.index.IndexProgress;
import dev.tarn.source.SourceRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Flink's Kafka source, whose readers go back to where the index is when the index is behind. */
final class IndexedSource
        implements Source<SourceRecord, KafkaPartitionSplit, KafkaSourceEnumState>, ResultTypeQueryable<SourceRecord> {
    private static final long serialVersionUID = 1L;

    private final KafkaSource<SourceRecord> kafka;
    private final SourceRecordDeserializer deserializer;
    private final KafkaSettings settings;
    private final String group;
    private final IndexProgress.Opener progress;

    /**
     * Makes the source.
     *
     * @param deserializer the very one that the Kafka source uses: it knows which generation of the topic it reads
     */
    IndexedSource(
            KafkaSource<SourceRecord> kafka,
            SourceRecordDeserializer deserializer,
            KafkaSettings settings,
            String group,
            IndexProgress.Opener progress) {
        this.kafka = kafka;
        this.deserializer = deserializer;
        this.settings = settings;
        this.group = group;
        this.progress = progress;
    }

    @Override
    public SourceReader<SourceRecord, KafkaPartitionSplit> createReader(SourceReaderContext context) throws Exception {
        SourceReader<SourceRecord, KafkaPartitionSplit> reader = kafka.createReader(context);
        return new IndexedReader(reader, new StartingPoints(settings, group, deserializer.described(), progress));
    }

    @Override
    public Boundedness getBoundedness() {
        return kafka.getBoundedness();
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> createEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context) {
        return kafka.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restoreEnumerator(
            SplitEnumeratorContext<KafkaPartitionSplit> context, KafkaSourceEnumState state) throws Exception {
        return kafka.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
        return kafka.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<KafkaSourceEnumState> getEnumeratorCheckpointSerializer() {
        return kafka.getEnumeratorCheckpointSerializer();
    }

    @Override
    public TypeInformation<SourceRecord> getProducedType() {
        return kafka.getProducedType();
    }
}
