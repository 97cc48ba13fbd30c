package dev.tarn.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    private final FreePorts ports = new FreePorts();

    @Test
    void aFreePreferredPortIsTaken() {
        int free = new FreePorts().any();

        assertThat(ports.preferably(free)).isEqualTo(free);
    }

    @Test
    void aPortInUseIsReplaced() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports.preferably(taken.getLocalPort())).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void noPortIsGivenTwice() {
        int first = ports.any();

        assertThat(ports.preferably(first)).isNotEqualTo(first);
    }
}
