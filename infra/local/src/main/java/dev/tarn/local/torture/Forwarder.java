package dev.tarn.local.torture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An address that stands for whichever Redis is the master at the time: it passes bytes on in both directions. */
final class Forwarder implements AutoCloseable {
    private static final int BUFFER = 16_384;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile URI target;

    Forwarder(URI target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("forwarder", this::accept);
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + listener.getLocalPort());
    }

    /** Connections made from now on go there; those that are open end. */
    void pointTo(URI other) {
        target = other;
        open.forEach(Forwarder::end);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                start("forwarder-connection", () -> connect(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) {
        URI to = target;
        try (Socket server = new Socket(to.getHost(), to.getPort())) {
            open.add(server);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            start("forwarder-reply", () -> pump(server, client));
            pump(client, server);
            open.remove(server);
        } catch (IOException refused) {
            end(client);
        } finally {
            open.remove(client);
        }
    }

    /** Ends both when either does. */
    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException broken) {
            // The other side is told by the end of its connection.
        }
        end(from);
        end(to);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(Forwarder::end);
    }
}
