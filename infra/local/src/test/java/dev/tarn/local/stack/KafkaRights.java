package dev.tarn.local.stack;

import dev.tarn.jobs.kafka.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights in Kafka that SECURITY.md lists, one for each operation.
 *
 * @param who needs it
 */
record KafkaRights(String who, ResourcePattern on, AclOperation operation) {
    private static final Pattern ROW =
            Pattern.compile("\\| (.+) \\| (topic|group|transactional-id) \\| `(.+)` \\| (.+) \\|");
    private static final Pattern OPERATION = Pattern.compile("`(\\w+)`");

    /**
     * What a user gets who runs a job or a command.
     *
     * @throws IllegalArgumentException when no right is documented for it
     */
    static List<AclBinding> of(String who, String user) throws IOException {
        List<AclBinding> rights = documented().stream()
                .filter(right -> right.who().equals(who))
                .map(right -> binding(user, right.on(), right.operation()))
                .toList();
        if (rights.isEmpty()) {
            throw new IllegalArgumentException("SECURITY.md has no rights of the " + who);
        }
        return rights;
    }

    private static List<KafkaRights> documented() throws IOException {
        List<KafkaRights> rights = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(System.getProperty("tarn.home"), "SECURITY.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                OPERATION
                        .matcher(row.group(4))
                        .results()
                        .forEach(operation -> rights.add(new KafkaRights(
                                row.group(1), pattern(row.group(2), row.group(3)), operation(operation.group(1)))));
            }
        }
        return rights;
    }

    private static ResourcePattern pattern(String kind, String name) {
        return switch (kind) {
            case "topic" -> new ResourcePattern(ResourceType.TOPIC, name, PatternType.LITERAL);
            case "group" -> new ResourcePattern(ResourceType.GROUP, name, PatternType.LITERAL);
            default -> new ResourcePattern(ResourceType.TRANSACTIONAL_ID, name, PatternType.PREFIXED);
        };
    }

    private static AclOperation operation(String name) {
        return name.equals("DescribeConfigs") ? AclOperation.DESCRIBE_CONFIGS : AclOperation.fromString(name);
    }

    /** The right to create each of these. */
    static List<AclBinding> toCreate(List<TopicSpec> topics, String user) {
        return topics.stream()
                .map(topic -> binding(user, pattern("topic", topic.name()), AclOperation.CREATE))
                .toList();
    }

    private static AclBinding binding(String user, ResourcePattern on, AclOperation operation) {
        return new AclBinding(on, new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
