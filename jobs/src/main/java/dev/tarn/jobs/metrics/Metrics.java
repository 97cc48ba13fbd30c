package dev.tarn.jobs.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * The metrics of one stage in one subtask. Safe for many threads. Each is made when it is first asked for, and once only:
 * Flink would leave out a second one of the same name.
 */
public final class Metrics {
    private static final String GROUP = "tarn";

    private final MetricGroup group;
    private final Map<Key, Counter> counters = new ConcurrentHashMap<>();
    private final Map<MetricName, Histogram> histograms = new ConcurrentHashMap<>();
    private final Map<OutsideSystem, Availability> systems = new ConcurrentHashMap<>();

    private record Key(MetricName name, String value) {}

    private Metrics(MetricGroup group) {
        this.group = group;
    }

    /** The metrics of the operator that has this group. */
    public static Metrics of(MetricGroup operator) {
        return new Metrics(operator.addGroup(GROUP));
    }

    public Counter counter(MetricName name) {
        return counter(name, "");
    }

    /** The counter for one value of the metric's label. */
    public Counter counter(MetricName name, String value) {
        return counters.computeIfAbsent(
                new Key(name, value), key -> groupOf(name, value).counter(name.text(), new ThreadSafeSimpleCounter()));
    }

    public Histogram histogram(MetricName name) {
        Histogram known = histograms.get(name);
        return known != null
                ? known
                : histograms.computeIfAbsent(name, key -> group.histogram(name.text(), new RecentValues()));
    }

    /** Reports the gauge from now on. */
    public void gauge(MetricName name, Gauge<Integer> gauge) {
        group.gauge(name.text(), gauge);
    }

    /** How this stage's calls of a system fare. */
    public Availability system(OutsideSystem system) {
        return systems.computeIfAbsent(system, this::availability);
    }

    private Availability availability(OutsideSystem system) {
        Availability availability = new Availability(counter(MetricName.RETRIES, system.label()));
        groupOf(MetricName.OUTAGE, system.label())
                .gauge(MetricName.OUTAGE.text(), (Gauge<Integer>) () -> availability.isAway() ? 1 : 0);
        return availability;
    }

    /** Counts a record that the stage refused. */
    public void deadLetter(String reason) {
        counter(MetricName.DEAD_LETTERS).inc();
        counter(MetricName.DEAD_LETTERS_BY_REASON, reason).inc();
    }

    private MetricGroup groupOf(MetricName name, String value) {
        return name.label().isEmpty() ? group : group.addGroup(name.label(), value);
    }
}
