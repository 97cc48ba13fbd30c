package dev.tarn.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.TransientFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskClientsTest {
    private final TaskClients clients = new TaskClients();

    @Test
    void theStagesOfATaskShareOneClientOfAKindAndThoseOfAnotherTaskHaveTheirs() throws Exception {
        MockEnvironment task = MockEnvironment.builder().build();
        TaskClients embed = TaskClients.lease(task, "embed");
        TaskClients index = TaskClients.lease(task, "index");
        TaskClients elsewhere = TaskClients.lease(MockEnvironment.builder().build(), "embed");
        Client first = embed.get(Client.class, Client::new);

        assertThat(index.get(Client.class, Client::new)).isSameAs(first);
        assertThat(index.get(Other.class, Other::new)).isNotNull();
        assertThat(elsewhere.get(Client.class, Client::new)).isNotSameAs(first);
    }

    @Test
    void nothingIsKeptOfATaskWhoseStagesHaveGivenTheirClientsBack() throws Exception {
        MockEnvironment task = MockEnvironment.builder().build();
        TaskClients clients = TaskClients.lease(task, "embed");
        TaskClients.lease(task, "index");
        TaskClients.release(task, "index");
        assertThat(clients.isClosed()).isFalse();

        TaskClients.release(task, "embed");

        assertThat(clients.isClosed()).isTrue();
        assertThat(TaskClients.lease(task, "embed")).isNotSameAs(clients);
    }

    @Test
    void noClientIsOpenedInATaskThatEnds() {
        clients.close();

        assertThatThrownBy(() -> clients.get(Client.class, () -> {
                    throw new AssertionError("it is opened");
                }))
                .isInstanceOf(TransientFailure.class);
    }

    @Test
    void aClientMayBeOpenedWithTheHelpOfAnother() {
        Client one = clients.get(Client.class, () -> new Client(clients.get(Other.class, Other::new)));

        assertThat(one.helper).isSameAs(clients.get(Other.class, Other::new));
    }

    @Test
    void aClientThatCouldNotBeOpenedIsOpenedByTheNextWhoNeedsIt() {
        TransientFailure away = new TransientFailure("the server is away", null);
        assertThatThrownBy(() -> clients.get(Client.class, () -> {
                    throw away;
                }))
                .isSameAs(away);

        assertThat(clients.get(Client.class, Client::new).closed).isFalse();
    }

    @Test
    void theFirstStageThatClosesClosesAllOfThem() {
        Client client = clients.get(Client.class, Client::new);
        Other other = clients.get(Other.class, Other::new);

        clients.close();
        clients.close();

        assertThat(client.closed).isTrue();
        assertThat(other.closed).isTrue();
    }

    @Test
    void aClientThatIsOpenOnlyWhenItsTaskEndsIsClosedAndClosingDoesNotWaitForIt() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch connected = new CountDownLatch(1);
        Client late = new Client();
        Supplier<Client> opener = () -> {
            opening.countDown();
            awaitUninterrupted(connected);
            return late;
        };
        CompletableFuture<Client> got = CompletableFuture.supplyAsync(() -> clients.get(Client.class, opener));
        opening.await();

        clients.close();
        assertThat(late.closed).isFalse();
        connected.countDown();

        assertThatThrownBy(() -> got.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(TransientFailure.class);
        assertThat(late.closed).isTrue();
    }

    @Test
    void aStageThatWaitsForAnothersClientCanBeInterrupted() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch connected = new CountDownLatch(1);
        CompletableFuture<Client> first = CompletableFuture.supplyAsync(() -> clients.get(Client.class, () -> {
            opening.countDown();
            awaitUninterrupted(connected);
            return new Client();
        }));
        opening.await();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> clients.get(Client.class, Client::new)).isInstanceOf(TransientFailure.class);

        assertThat(Thread.interrupted()).isTrue();
        connected.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS).closed).isFalse();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Client implements AutoCloseable {
        private final Other helper;
        private volatile boolean closed;

        Client() {
            this(null);
        }

        Client(Other helper) {
            this.helper = helper;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Other implements AutoCloseable {
        private boolean closed;

        @Override
        public void close() {
            closed = true;
        }
    }
}
