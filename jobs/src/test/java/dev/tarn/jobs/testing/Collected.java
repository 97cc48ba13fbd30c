package dev.tarn.jobs.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.testutils.junit.SharedObjectsExtension;
import org.apache.flink.testutils.junit.SharedReference;

/** A sink that keeps what it gets for the test to see. */
public final class Collected<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;

    private final SharedReference<List<T>> received;

    private Collected(SharedReference<List<T>> received) {
        this.received = received;
    }

    public static <T> Collected<T> in(SharedObjectsExtension shared) {
        return new Collected<>(shared.add(new CopyOnWriteArrayList<>()));
    }

    /** What has come so far, in the order in which it came. */
    public List<T> all() {
        return List.copyOf(received.get());
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context elementContext) {
                received.get().add(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
