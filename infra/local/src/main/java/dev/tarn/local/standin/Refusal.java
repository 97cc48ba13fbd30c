package dev.tarn.local.standin;

/** An error that the client is told, in Ollama's words where Ollama has the same. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    static Refusal unknownModel(String name) {
        return new Refusal(404, "model \"" + name + "\" not found, try pulling it first");
    }

    static Refusal closing() {
        return new Refusal(503, "the server is shutting down");
    }

    int status() {
        return status;
    }
}
