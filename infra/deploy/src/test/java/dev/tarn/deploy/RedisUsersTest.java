package dev.tarn.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The users of Redis that deployments name are those whose rules are given. */
class RedisUsersTest {
    private static final Pattern NAMED =
            Pattern.compile("(?:--redis-user|TARN_REDIS_USER)[\\s\"',:=]+(?:value:\\s*)?\"?([\\w-]+)");
    private static final Pattern RULE = Pattern.compile("^user (\\S+) on ", Pattern.MULTILINE);

    @ParameterizedTest
    @ValueSource(strings = {"infra/redis/users.acl", "infra/redis/users-query-engine.acl"})
    void everyUserThatADeploymentNamesHasItsRules(String rules) {
        assertThat(named("infra/kubernetes")).contains("tarn-ingest", "tarn-query");
        assertThat(users(rules)).containsAll(named("infra/kubernetes")).containsAll(named("infra/docker"));
    }

    @Test
    void bothEnginesHaveTheSameUsers() {
        assertThat(users("infra/redis/users-query-engine.acl")).isEqualTo(users("infra/redis/users.acl"));
    }

    private static Set<String> users(String rules) {
        return RULE.matcher(Repository.text(Repository.at(rules)))
                .results()
                .map(user -> user.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> named(String folder) {
        try (Stream<Path> files = Files.walk(Repository.at(folder))) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> NAMED.matcher(Repository.text(file)).results())
                    .map(user -> user.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
