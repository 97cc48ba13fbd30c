package dev.tarn.local.torture;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Compares all of the documents topic with all of the index, without any code of Tarn's own. It speaks of an index at
 * rest: what is still on its way is a difference.
 */
public final class IndependentCheck implements AutoCloseable {
    private static final int MOST = 20;

    private final String kafka;
    private final String topicName;
    private final URI redis;
    private DocumentsTopic topic;

    /**
     * @param kafka bootstrap servers
     * @param topic of documents as {@link Workload} writes them
     */
    public IndependentCheck(String kafka, String topic, URI redis) {
        this.kafka = kafka;
        this.topicName = topic;
        this.redis = redis;
    }

    /**
     * What differs, a line each, some lines if they are many; empty when the index equals its topic. The
     * first time decides which topic that is: one that is created again, or gets more partitions, needs another check.
     */
    public List<String> differences() {
        if (topic == null) {
            topic = new DocumentsTopic(kafka, topicName);
        }
        Map<String, ExpectedDocument> expected = topic.read();
        IndexContents index = IndexContents.read(redis);
        List<String> differences = new ArrayList<>();
        TreeSet<String> ids = new TreeSet<>(expected.keySet());
        ids.addAll(index.documents().keySet());
        for (String id : ids) {
            String difference = difference(expected.get(id), index.documents().get(id));
            if (!difference.isEmpty()) {
                differences.add("the document " + id + " " + difference);
            }
        }
        differences.addAll(index.problems());
        return shortened(differences);
    }

    private static List<String> shortened(List<String> differences) {
        if (differences.size() <= MOST) {
            return differences;
        }
        List<String> some = new ArrayList<>(differences.subList(0, MOST));
        some.add("and " + (differences.size() - MOST) + " more");
        return some;
    }

    private static String difference(ExpectedDocument expected, ExpectedDocument actual) {
        if (expected == null) {
            return "is in the index, and should not be";
        }
        return actual == null ? "is missing" : expected.difference(actual);
    }

    @Override
    public void close() {
        if (topic != null) {
            topic.close();
        }
    }
}
