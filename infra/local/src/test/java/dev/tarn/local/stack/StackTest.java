package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

@ExtendWith(WholeStack.class)
class StackTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WholeStack.Running stack;

    StackTest(WholeStack.Running stack) {
        this.stack = stack;
    }

    @Test
    void everyPartAnswers() throws Exception {
        Endpoints endpoints = stack.endpoints();

        try (Admin kafka = Admin.create(Map.of("bootstrap.servers", endpoints.kafka()))) {
            assertThat(kafka.describeCluster().nodes().get()).hasSize(1);
        }
        try (Jedis redis = new Jedis(endpoints.redis())) {
            redis.vadd("points", new float[] {1, 0}, "east");
            assertThat(redis.vsim("points", new float[] {1, 1})).containsExactly("east");
        }
        assertThat(new FlinkJobs(endpoints.flink()).freeSlots())
                .isEqualTo(stack.settings().taskSlots());
        assertThat(Probe.httpAnswers(endpoints.ollama())).isTrue();
    }

    @Test
    void tellsWhatBecameReady() {
        Endpoints endpoints = stack.endpoints();

        assertThat(stack.events())
                .contains(
                        "Redis " + endpoints.redis() + " (started)",
                        "Kafka " + endpoints.kafka() + " (started)",
                        "Flink " + endpoints.flink() + " (started)");
    }

    @Test
    void anotherTaskManagerTakesThePlaceOfOneThatIsKilledWithOptionsOfItsJvm() {
        FlinkJobs flink = new FlinkJobs(stack.endpoints().flink());

        stack.stack().kill(Part.TASKMANAGER);
        flink.awaitNoTaskManager(PATIENCE);
        stack.stack().restart(Part.TASKMANAGER, "-Dlake=tarn");

        await().atMost(PATIENCE)
                .until(() -> flink.freeSlots() == stack.settings().taskSlots());
        assertThat(stack.stack()
                        .process(Part.TASKMANAGER)
                        .flatMap(ProcessHandle::of)
                        .flatMap(process -> process.info().arguments()))
                .hasValueSatisfying(arguments -> assertThat(arguments).contains("-Dlake=tarn"));
    }

    @Test
    void otherProcessesCanReadWhereItAnswers() {
        assertThat(stack.folder().endpoints()).contains(stack.endpoints());
    }

    @Test
    void nothingListensOutsideOfLoopback() throws SocketException {
        List<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        assumeThat(outside).isNotEmpty();

        assertThat(outside)
                .noneMatch(address -> ports().stream().anyMatch(port -> Probe.accepts(address.getHostAddress(), port)));
    }

    @Test
    void aSecondStackOnTheSameFolderIsRefused() {
        assertThatThrownBy(() -> Stacks.start(stack.settings()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("a stack is using")
                .hasMessageContaining("process " + ProcessHandle.current().pid());
    }

    @Test
    void theFolderIsNotCleanedWhileItIsUsed() {
        assertThatThrownBy(stack.folder()::clean)
                .isInstanceOf(StackException.class)
                .hasMessageContaining("a stack is using");
    }

    @Nested
    class Jobs extends FlinkJobsOnACluster {
        Jobs(WholeStack.Running stack) {
            super(stack);
        }
    }

    @Nested
    class Topics extends TopicsOnABroker {
        Topics(WholeStack.Running stack) {
            super(stack);
        }
    }

    private List<Integer> ports() {
        Endpoints endpoints = stack.endpoints();
        return List.of(
                URI.create("kafka://" + endpoints.kafka()).getPort(),
                endpoints.redis().getPort(),
                endpoints.flink().getPort());
    }
}
