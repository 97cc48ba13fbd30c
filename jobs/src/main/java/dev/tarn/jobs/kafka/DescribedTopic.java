package dev.tarn.jobs.kafka;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * What Kafka says of a topic.
 *
 * @param name the topic
 * @param generation the id Kafka gave the topic when it was created
 * @param partitions how many it has
 */
record DescribedTopic(String name, String generation, int partitions) {
    private static final long ANSWER_WITHIN_SECONDS = 10;

    /**
     * Asks Kafka.
     *
     * @throws IllegalStateException when Kafka does not know the topic, or does not answer
     */
    static DescribedTopic ask(Admin admin, String topic) throws InterruptedException {
        try {
            TopicDescription description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .get(topic);
            return new DescribedTopic(
                    topic,
                    description.topicId().toString(),
                    description.partitions().size());
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not describe the topic " + topic, e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka does not describe the topic " + topic, e);
        }
    }
}
