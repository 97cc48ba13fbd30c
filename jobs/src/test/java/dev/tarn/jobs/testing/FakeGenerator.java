package dev.tarn.jobs.testing;

import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.question.Prompt;
import java.util.ArrayList;
import java.util.List;

/** Says one thing after the other, the last again and again, and remembers the prompts. */
public final class FakeGenerator implements Generator {
    private final List<String> replies;
    private final List<Prompt> prompts = new ArrayList<>();
    private boolean closed;

    public FakeGenerator(String... replies) {
        this.replies = List.of(replies);
    }

    public List<Prompt> prompts() {
        return prompts;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public String model() {
        return "fake-chat";
    }

    @Override
    public void check() {}

    @Override
    public Generation generate(Prompt prompt) {
        prompts.add(prompt);
        return new Generation(replies.get(Math.min(prompts.size(), replies.size()) - 1), 7, 3, true);
    }

    @Override
    public void close() {
        closed = true;
    }
}
