package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.kafka.TopicSpec;
import dev.tarn.jobs.kafka.Topics;
import dev.tarn.jobs.options.KafkaOptions;
import dev.tarn.local.topics.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

abstract class TopicsOnABroker {

    private final KafkaOptions kafka = new KafkaOptions();
    private final Admin admin;

    TopicsOnABroker(WholeStack.Running stack) {
        String broker = stack.endpoints().kafka();
        admin = Admin.create(Map.of("bootstrap.servers", broker));
        new CommandLine(kafka)
                .parseArgs(
                        "--kafka", broker,
                        "--documents-topic", "prepared-documents",
                        "--questions-topic", "prepared-questions",
                        "--answers-topic", "prepared-answers",
                        "--index-events-topic", "prepared-events",
                        "--topic-partitions", "3");
    }

    @AfterEach
    void deleteTopics() throws Exception {
        List<String> existing = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith("prepared-"))
                .toList();
        admin.deleteTopics(existing).all().get();
        await().until(() -> admin.listTopics().names().get().stream().noneMatch(existing::contains));
        admin.close();
    }

    @Test
    void absentTopicsAreCreatedWithTheirSettings() throws Exception {
        prepareIngest();
        prepareQuery();

        for (TopicSpec spec : kafka.topicSpecs()) {
            assertThat(described(spec.name()).partitions()).hasSize(3);
            assertThat(settings(spec.name())).containsAllEntriesOf(spec.settings());
        }
        assertThat(settings("prepared-documents")).containsEntry("cleanup.policy", "compact");
        assertThat(settings("prepared-documents.dlq"))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "7776000000");
        assertThat(settings("prepared-events"))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000");
    }

    /** A broker hears of a new topic a little after the one that was asked to create it. */
    @Test
    void aReaderMissesNoPartitionOfATopicThatTheBrokerDoesNotKnowYet() throws Exception {
        create("prepared-answers", Map.of());
        Future<Map<TopicPartition, Long>> read = CompletableFuture.supplyAsync(() -> {
            try (TopicReader reader =
                    TopicReader.fromNow(kafka.settings(), List.of("prepared-answers", "prepared-later"))) {
                return reader.ends();
            }
        });
        await().during(Duration.ofSeconds(1)).until(() -> !read.isDone());

        create("prepared-later", Map.of());

        assertThat(read.get(30, TimeUnit.SECONDS).keySet())
                .extracting(TopicPartition::topic)
                .containsOnly("prepared-answers", "prepared-later");
    }

    @Test
    void aTopicThatIsNotThereIsNoEmptyOne() {
        assertThatThrownBy(() -> TopicReader.fromBeginning(kafka.settings(), List.of("prepared-never")))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("has no topic prepared-never");
        assertThatThrownBy(() -> Topics.generation(kafka.settings(), "prepared-never"))
                .isInstanceOf(Misconfiguration.class)
                .hasMessageContaining("has no topic prepared-never");
    }

    @Test
    void topicsThatAreThereAreLeftAsTheyAre() throws Exception {
        create("prepared-documents", Map.of("cleanup.policy", "compact", "segment.ms", "3600000"));
        create("prepared-answers", Map.of("retention.ms", "-1"));

        prepareIngest();
        prepareQuery();
        assertThatCode(this::prepareIngest).doesNotThrowAnyException();

        assertThat(settings("prepared-documents")).containsEntry("segment.ms", "3600000");
        assertThat(settings("prepared-answers")).containsEntry("retention.ms", "-1");
        assertThat(described("prepared-documents").partitions()).hasSize(1);
    }

    @Test
    void aTopicThatWouldLoseRecordsIsRefusedWithWhatDiffersAndTheRemedyWorks() throws Exception {
        create("prepared-documents", Map.of("cleanup.policy", "delete", "delete.retention.ms", "60000"));
        create("prepared-documents.dlq", Map.of("cleanup.policy", "compact"));
        create("prepared-questions", Map.of("retention.ms", "3600000"));

        assertThatThrownBy(this::prepareIngest)
                .isInstanceOf(Misconfiguration.class)
                .hasMessage("""
                        The topic prepared-documents has cleanup.policy=delete, but must have compact;\
                         delete.retention.ms=60000, but must have at least 86400000.\
                         Run: kafka-configs.sh --bootstrap-server %1$s --alter --entity-type topics\
                         --entity-name prepared-documents --add-config\
                         cleanup.policy=compact,delete.retention.ms=604800000
                        The topic prepared-documents.dlq has cleanup.policy=compact, but must have delete;\
                         max.message.bytes=1048588, but must have at least 16777216.\
                         Run: kafka-configs.sh --bootstrap-server %1$s --alter --entity-type topics\
                         --entity-name prepared-documents.dlq --add-config\
                         cleanup.policy=delete,max.message.bytes=16777216""", kafka.bootstrapServers);
        assertThatThrownBy(this::prepareQuery)
                .isInstanceOf(Misconfiguration.class)
                .hasMessage("""
                        The topic prepared-questions has retention.ms=3600000, but must have at least 86400000.\
                         Run: kafka-configs.sh --bootstrap-server %1$s --alter --entity-type topics\
                         --entity-name prepared-questions --add-config retention.ms=604800000""", kafka.bootstrapServers);
        assertThat(admin.listTopics().names().get()).doesNotContain("prepared-answers");

        alter("prepared-documents", Map.of("cleanup.policy", "compact", "delete.retention.ms", "604800000"));
        alter("prepared-documents.dlq", Map.of("cleanup.policy", "delete", "max.message.bytes", "16777216"));
        alter("prepared-questions", Map.of("retention.ms", "604800000"));
        assertThatCode(this::prepareIngest).doesNotThrowAnyException();
        assertThatCode(this::prepareQuery).doesNotThrowAnyException();
    }

    private void prepareIngest() {
        prepare(kafka.ingestTopics());
    }

    private void prepareQuery() {
        prepare(kafka.queryTopics());
    }

    private void prepare(List<TopicSpec> specs) {
        kafka.topics(specs).prepare("prepared", null);
        awaitThere(specs.stream().map(TopicSpec::name).toList());
    }

    /** The broker knows of a topic some time after its controller has created it. */
    private void awaitThere(List<String> names) {
        await().until(() -> admin.listTopics().names().get().containsAll(names));
    }

    private void create(String name, Map<String, String> settings) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(settings)))
                .all()
                .get();
        awaitThere(List.of(name));
    }

    private void alter(String name, Map<String, String> settings) throws Exception {
        List<AlterConfigOp> changes = settings.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        admin.incrementalAlterConfigs(Map.of(topic(name), changes)).all().get();
    }

    private TopicDescription described(String name) throws Exception {
        return admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
    }

    private Map<String, String> settings(String name) throws Exception {
        Map<String, String> settings = new HashMap<>();
        admin.describeConfigs(List.of(topic(name)))
                .all()
                .get()
                .get(topic(name))
                .entries()
                .forEach(entry -> settings.put(entry.name(), entry.value()));
        return settings;
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }
}
