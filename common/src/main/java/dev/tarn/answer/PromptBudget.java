package dev.tarn.answer;

import dev.tarn.document.TokenEstimate;
import dev.tarn.failure.PermanentFailure;
import dev.tarn.model.Generation;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import java.util.ArrayList;
import java.util.List;

/**
 * Which passages a prompt has room for. A quarter of the model's context, 1024 tokens at the most, is kept for the reply. A
 * passage is given whole or not at all, and the weakest go first; where not even the nearest has room with its neighbours, all
 * come without them.
 */
record PromptBudget(int contextTokens) {
    private static final int MOST_REPLY = 1024;
    /** What the roles of a chat cost, and what is added when the model is asked again. */
    private static final int AROUND = 200;

    /**
     * The passages to give, nearest first, with the numbers that they have.
     *
     * @param passages one or more, nearest first
     * @throws PermanentFailure when there is no room for the nearest
     */
    List<Passage> fit(Question question, List<Passage> passages) {
        List<Passage> fitting = fitting(question, passages);
        if (fitting.isEmpty()) {
            fitting = fitting(
                    question, passages.stream().map(Passage::withoutNeighbours).toList());
        }
        if (fitting.isEmpty()) {
            throw tooLong();
        }
        return fitting;
    }

    private List<Passage> fitting(Question question, List<Passage> passages) {
        TokenEstimate tokens = new TokenEstimate();
        int room = contextTokens - Math.min(MOST_REPLY, contextTokens / 4) - AROUND;
        List<Passage> fitting = new ArrayList<>(passages);
        while (!fitting.isEmpty()) {
            Prompt prompt = Prompt.of(question, fitting);
            if (tokens.estimateTokenCountInText(prompt.system()) + tokens.estimateTokenCountInText(prompt.user())
                    <= room) {
                return fitting;
            }
            fitting.remove(fitting.size() - 1);
        }
        return fitting;
    }

    /**
     * Whether the model counted so much that the server has cut the prompt, or dropped its beginning while it wrote: the
     * estimate was too low.
     */
    boolean isCut(Generation generation) {
        if (generation.promptTokens() == null) {
            return false;
        }
        int written = generation.completionTokens() == null ? 0 : generation.completionTokens();
        return generation.promptTokens() >= contextTokens || generation.promptTokens() + written > contextTokens;
    }

    /**
     * The better half of the passages; of one, its chunk without neighbours.
     *
     * @throws PermanentFailure when that is all
     */
    List<Passage> half(List<Passage> passages) {
        if (passages.size() == 1) {
            Passage alone = passages.get(0).withoutNeighbours();
            if (alone.equals(passages.get(0))) {
                throw tooLong();
            }
            return List.of(alone);
        }
        return passages.subList(0, passages.size() / 2);
    }

    private PermanentFailure tooLong() {
        return new PermanentFailure("the question and its nearest passage are too long for the " + contextTokens
                + " tokens of --chat-context");
    }
}
