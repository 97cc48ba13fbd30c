package dev.tarn.local.stack;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** The rules of a broker, which hold when a method returns. */
final class KafkaRules implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Admin administrator;

    KafkaRules(Admin administrator) {
        this.administrator = administrator;
    }

    void allow(List<AclBinding> rights) throws ExecutionException, InterruptedException {
        administrator.createAcls(rights).all().get();
        await().atMost(PATIENCE).until(() -> all().containsAll(rights));
    }

    void deny(AclBinding right) throws ExecutionException, InterruptedException {
        administrator.deleteAcls(List.of(right.toFilter())).all().get();
        await().atMost(PATIENCE).until(() -> !all().contains(right));
    }

    private Collection<AclBinding> all() throws ExecutionException, InterruptedException {
        return administrator.describeAcls(AclBindingFilter.ANY).values().get();
    }

    @Override
    public void close() {
        administrator.close();
    }
}
