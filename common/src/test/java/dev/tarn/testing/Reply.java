package dev.tarn.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** What {@link FakeOllama} sends. */
record Reply(int status, String type, boolean streamed, byte[] body) {
    private static final byte[] HTML = "<html><body>Bad gateway</body></html>".getBytes(UTF_8);
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(UTF_8);

    void send(HttpExchange exchange, Fault fault, Faults.Mark mark) throws IOException {
        byte[] sent = fault == Fault.Body.NOT_JSON ? HTML : fault == Fault.Body.EMPTY_OBJECT ? EMPTY_OBJECT : body;
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, streamed ? 0 : sent.length);
        OutputStream out = exchange.getResponseBody();
        int half = sent.length / 2;
        if (fault == Fault.Body.CUT_OFF || fault == Fault.Body.STALLED) {
            out.write(sent, 0, half);
            out.flush();
            if (fault == Fault.Body.CUT_OFF) {
                throw new IOException("the connection is cut off within the body");
            }
            mark.awaitClear(Fault.Delay.UNTIL_CLEARED.time());
            out.write(sent, half, sent.length - half);
        } else {
            out.write(sent);
        }
        exchange.close();
    }
}
