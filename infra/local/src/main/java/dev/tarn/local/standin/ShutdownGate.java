package dev.tarn.local.standin;

/**
 * Keeps the process from beginning to shut down while the runtime makes a session.
 *
 * <p>onnxruntime frees its environment in a shutdown hook of its own, and hooks have no order. If a session is just being
 * made, the process then dies of a segmentation fault, before the hooks that stop other processes have run.
 */
final class ShutdownGate {
    /** What the JDK holds when it begins; where a JDK has no such class, nothing is kept from anything. */
    static final Object MONITOR = monitor();

    private ShutdownGate() {}

    private static Object monitor() {
        try {
            return Class.forName("java.lang.Shutdown");
        } catch (ClassNotFoundException e) {
            return new Object();
        }
    }
}
