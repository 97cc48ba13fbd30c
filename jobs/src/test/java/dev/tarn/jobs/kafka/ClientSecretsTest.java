package dev.tarn.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.Misconfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientSecretsTest {
    private static final String JAAS = "org.example.Login required username=\"u\" password=\"hunter2:}$\";";

    @TempDir
    Path folder;

    @Test
    void aSecretTravelsAsAReferenceThatTheClientResolves() throws IOException {
        KafkaSettings settings = inFile("sasl.jaas.config=" + JAAS
                + "\nsecurity.protocol=SASL_SSL\nmy.callback.setting=hunter2\npartition.discovery.interval.ms=1000\n");

        assertThat(settings.properties())
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("partition.discovery.interval.ms", "1000");
        assertThat(settings.properties().toString()).doesNotContain("hunter2");
        AdminClientConfig client = new AdminClientConfig(settings.clientProperties());
        assertThat(client.getPassword("sasl.jaas.config")).isEqualTo(new Password(JAAS));
        assertThat(client.originals()).containsEntry("my.callback.setting", "hunter2");
    }

    @Test
    void aReferenceToAProviderOfTheUsersOwnStaysOne() throws IOException {
        String reference = "${variables:PATH}";
        KafkaSettings settings = inFile("config.providers=variables\n"
                + "config.providers.variables.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider\n"
                + "ssl.key.password=" + reference + "\nssl.keystore.password=hunter2\n");

        assertThat(settings.properties()).containsEntry("ssl.key.password", reference);
        AdminClientConfig client = new AdminClientConfig(settings.clientProperties());
        assertThat(client.getPassword("ssl.key.password")).isEqualTo(new Password(System.getenv("PATH")));
        assertThat(client.getPassword("ssl.keystore.password")).isEqualTo(new Password("hunter2"));
        assertThat(ClientSecrets.isSecret(
                        "ssl.key.password", reference, Map.of("config.providers", "others, variables")))
                .isFalse();
        assertThat(ClientSecrets.isSecret("ssl.key.password", reference, Map.of()))
                .isTrue();
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws IOException {
        Path malformed = Files.writeString(folder.resolve("malformed"), "password=\\u00zz");
        Path colon = Files.writeString(folder.resolve("with:colon"), "");

        for (Path file : new Path[] {malformed, colon, folder.resolve("nowhere")}) {
            assertThatThrownBy(() -> ClientSecrets.inFile(file))
                    .isInstanceOf(Misconfiguration.class)
                    .hasMessageContaining("--kafka-config-file")
                    .hasMessageContaining(file.toString());
        }
    }

    private KafkaSettings inFile(String properties) throws IOException {
        Path file = Files.writeString(folder.resolve("client.properties"), properties);
        return new KafkaSettings("localhost:9092", ClientSecrets.inFile(file));
    }
}
