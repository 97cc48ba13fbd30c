package dev.tarn.local.stack;

import java.net.URI;
import java.util.List;

/** The Ollama that runs on this machine, or else the stand-in. */
final class Ollama implements Service, AutoCloseable {

    static final URI USUAL = URI.create("http://127.0.0.1:11434");

    private final URI usual;
    private final OllamaStandIn.Starter starter;
    private final int port;
    private OllamaStandIn standIn;

    /**
     * @param usual where to look for a running Ollama
     * @param port where the stand-in listens if there is none
     */
    Ollama(URI usual, OllamaStandIn.Starter starter, int port) {
        this.usual = usual;
        this.starter = starter;
        this.port = port;
    }

    @Override
    public String name() {
        return "Ollama";
    }

    @Override
    public String address() {
        return standIn == null ? usual.toString() : standIn.uri().toString();
    }

    @Override
    public String origin() {
        return standIn == null ? "found" : "stand-in";
    }

    @Override
    public void launch() {
        if (Probe.httpAnswers(Uris.under(usual, "api/version"))) {
            return;
        }
        try {
            standIn = starter.start(port);
        } catch (Exception e) {
            throw new StackException("the stand-in for Ollama did not start: " + e.getMessage(), e);
        }
    }

    @Override
    public void awaitReady() {
        GivenService.ollama(URI.create(address())).awaitReady();
    }

    @Override
    public void restart(Part part, List<String> arguments) {
        throw new IllegalStateException("Ollama is no process of the stack");
    }

    @Override
    public void close() {
        if (standIn == null) {
            return;
        }
        try {
            standIn.server().close();
        } catch (Exception e) {
            throw new StackException("the stand-in for Ollama did not stop: " + e.getMessage(), e);
        }
    }
}
