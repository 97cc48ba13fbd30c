package dev.tarn.jobs.options;

import dev.tarn.failure.Misconfiguration;
import dev.tarn.jobs.kafka.ClientSecrets;
import dev.tarn.jobs.kafka.KafkaSettings;
import dev.tarn.jobs.kafka.TopicSpec;
import dev.tarn.jobs.kafka.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the topics are. */
public final class KafkaOptions {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "Kafka's bootstrap servers, separated by commas.")
    public String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "KEY=VALUE",
            description = "A setting of every Kafka client; may be repeated. Secrets go into --kafka-config-file.")
    public Map<String, String> properties = new HashMap<>();

    @Option(
            names = "--kafka-config-file",
            paramLabel = "FILE",
            description = "A properties file with settings of every Kafka client, secrets too.")
    public Path propertiesFile;

    @Option(
            names = "--documents-topic",
            paramLabel = "NAME",
            defaultValue = "documents",
            description = "The documents; those that fail go to NAME.dlq.")
    public String documentsTopic;

    @Option(
            names = "--index-events-topic",
            paramLabel = "NAME",
            defaultValue = "index-events",
            description = "A receipt for each document that reached the index.")
    public String indexEventsTopic;

    @Option(
            names = "--questions-topic",
            paramLabel = "NAME",
            defaultValue = "questions",
            description = "The questions; those that can't be read go to NAME.dlq.")
    public String questionsTopic;

    @Option(names = "--answers-topic", paramLabel = "NAME", defaultValue = "answers", description = "The answers.")
    public String answersTopic;

    @Option(
            names = "--topic-partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of a topic that is created because it is missing.",
            converter = AtLeastOne.class)
    public int partitions;

    public String documentsDlqTopic() {
        return documentsTopic + ".dlq";
    }

    public String questionsDlqTopic() {
        return questionsTopic + ".dlq";
    }

    /**
     * Where Kafka is.
     *
     * @throws Misconfiguration when the file can't be read, or a setting on the command line is a secret
     */
    public KafkaSettings settings() {
        properties.forEach((key, value) -> {
            if (ClientSecrets.isSecret(key, value, properties)) {
                throw new Misconfiguration(
                        "--kafka-config must not hold the secret " + key + ": the web UI and ps would"
                                + " show it. Put it into a properties file, and name that with --kafka-config-file.");
            }
        });
        Map<String, String> all = new HashMap<>();
        if (propertiesFile != null) {
            all.putAll(ClientSecrets.inFile(propertiesFile.toAbsolutePath()));
        }
        all.putAll(properties);
        return new KafkaSettings(bootstrapServers, all);
    }

    /** These topics, which {@code --topic-partitions} says how to create. */
    public Topics topics(List<TopicSpec> specs) {
        return new Topics(settings(), specs, partitions);
    }

    /** What the topics of the ingest job have to be. */
    public List<TopicSpec> ingestTopics() {
        return List.of(
                TopicSpec.documents(documentsTopic),
                TopicSpec.deadLetters(documentsDlqTopic(), documentsTopic),
                TopicSpec.receipts(indexEventsTopic));
    }

    /** What the topics of the query job have to be. */
    public List<TopicSpec> queryTopics() {
        return List.of(
                TopicSpec.questions(questionsTopic),
                TopicSpec.deadLetters(questionsDlqTopic(), questionsTopic),
                TopicSpec.answers(answersTopic));
    }

    /** What the topics of both jobs have to be. */
    public List<TopicSpec> topicSpecs() {
        return Stream.concat(ingestTopics().stream(), queryTopics().stream()).toList();
    }
}
