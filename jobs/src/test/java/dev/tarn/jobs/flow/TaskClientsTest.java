package dev.tarn.jobs.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tarn.failure.TransientFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
import org.apache.flink.streaming.util.MockStreamTaskBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskClientsTest {
    private final TaskClients clients = task();

    @Test
    void theStagesOfATaskShareOneClientOfAKindAndThoseOfAnotherTaskHaveTheirs() throws Exception {
        StreamTask<?, ?> task = streamTask();
        Client first = TaskClients.of(task).get(Client.class, Client::new);

        assertThat(TaskClients.of(task).get(Client.class, Client::new)).isSameAs(first);
        assertThat(TaskClients.of(task).get(Other.class, Other::new)).isNotSameAs(first);
        assertThat(TaskClients.of(streamTask()).get(Client.class, Client::new)).isNotSameAs(first);
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

    private static TaskClients task() {
        try {
            return TaskClients.of(streamTask());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("deprecation") // Flink has no other
    private static StreamTask<?, ?> streamTask() throws Exception {
        return new MockStreamTaskBuilder(MockEnvironment.builder().build()).build();
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
