package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class GivenServiceTest {

    @Test
    void anAddressWithoutItsSchemeIsRefusedWithTheFormThatIsMeant() {
        assertThatThrownBy(() -> GivenService.redis(URI.create("localhost:6379")))
                .isInstanceOf(StackException.class)
                .hasMessage("Redis's address is redis://host:port, not localhost:6379");
        assertThatThrownBy(() -> GivenService.kafka("localhost"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("host:port");
    }

    @Test
    void oneKafkaServerOfSeveralIsEnough() {
        try (FakeServer kafka = new FakeServer()) {
            String bootstrap = "127.0.0.1:" + new FreePorts().any() + ", " + kafka.kafka();

            assertThatCode(GivenService.kafka(bootstrap)::awaitReady).doesNotThrowAnyException();
        }
    }

    @Test
    void oneNodeOfARedisClusterIsEnough() {
        try (FakeServer node = new FakeServer()) {
            URI cluster = URI.create("redis://127.0.0.1:" + new FreePorts().any() + "," + node.kafka());

            assertThatCode(GivenService.redis(cluster)::awaitReady).doesNotThrowAnyException();
        }
    }

    @Test
    void anAddressMayEndWithASlash() {
        try (FakeServer flink = new FakeServer()) {
            assertThatCode(GivenService.flink(URI.create(flink.http() + "/"))::awaitReady)
                    .doesNotThrowAnyException();
        }
    }
}
