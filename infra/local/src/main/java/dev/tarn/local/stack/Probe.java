package dev.tarn.local.stack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Asks once whether something answers at an address. */
final class Probe {

    private static final int NO_REPLY = -1;
    private static final int LIMIT_MS = (int) Duration.ofSeconds(2).toMillis();

    private Probe() {}

    static boolean accepts(String host, int port) {
        try (Socket socket = connect(host, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** True when a Redis without a password answers PING, so that its data is loaded. */
    static boolean redisAnswers(String host, int port) {
        try (Socket socket = connect(host, port)) {
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            String reply = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            return "+PONG".equals(reply);
        } catch (IOException e) {
            return false;
        }
    }

    static boolean httpAnswers(URI address) {
        return httpStatus(address) == HttpURLConnection.HTTP_OK;
    }

    /** Whether anything replies, if only to refuse. */
    static boolean httpReplies(URI address) {
        return httpStatus(address) != NO_REPLY;
    }

    private static int httpStatus(URI address) {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(LIMIT_MS);
            connection.setReadTimeout(LIMIT_MS);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return NO_REPLY;
        }
    }

    private static Socket connect(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(LIMIT_MS);
            socket.connect(new InetSocketAddress(host, port), LIMIT_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
