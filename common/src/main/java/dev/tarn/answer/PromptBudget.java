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
     * The passages to give, nearest first, with the numbers that they have; none when there is no room for the nearest.
     *
     * @param passages one or more, nearest first
     */
    List<Passage> fit(Question question, List<Passage> passages) {
        List<Passage> fitting = fitting(question, passages);
        return fitting.isEmpty()
                ? fitting(
                        question,
                        passages.stream().map(Passage::withoutNeighbours).toList())
                : fitting;
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
     * Whether the model counted so much that the server has cut the prompt, or dropped its beginning while it wrote, or let it
     * write no further: the estimate was too low. Where one passage is given there is none to leave out, so that a reply that
     * fills the context is just too long.
     */
    boolean isCut(Generation generation, List<Passage> given) {
        if (generation.promptTokens() == null) {
            return false;
        }
        int read = generation.promptTokens();
        int written = generation.completionTokens() == null ? 0 : generation.completionTokens();
        boolean isFull = !generation.isWhole() && read + written >= contextTokens;
        return read >= contextTokens || read + written > contextTokens || isFull && given.size() > 1;
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
                throw new PermanentFailure(tooLong());
            }
            return List.of(alone);
        }
        return passages.subList(0, passages.size() / 2);
    }

    /** What is wrong when there is no room for a passage. */
    String tooLong() {
        return "the question and its nearest passage are too long for the " + contextTokens
                + " tokens of --chat-context";
    }
}
