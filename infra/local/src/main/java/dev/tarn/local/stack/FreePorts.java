package dev.tarn.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Hands out loopback ports that nothing listens on, each once. */
final class FreePorts {

    /** Below the range of outgoing connections, where a client that retries can end up connected to itself. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private final Set<Integer> taken = new HashSet<>();

    int any() {
        return preferably(0);
    }

    /** The given port if it is free, else another; 0 prefers none. */
    int preferably(int preferred) {
        IntStream candidates = IntStream.concat(
                IntStream.of(preferred), ThreadLocalRandom.current().ints(FIRST, LAST));
        int port = candidates
                .filter(candidate -> candidate != 0 && !taken.contains(candidate) && isFree(candidate))
                .findFirst()
                .orElseThrow();
        taken.add(port);
        return port;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}
