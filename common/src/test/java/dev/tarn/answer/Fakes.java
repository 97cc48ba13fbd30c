package dev.tarn.answer;

import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import dev.tarn.text.PlainWords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** Models that say what they are told to, and remember what they were asked. */
final class Fakes {
    static final Question QUESTION = new Question("q-1", "What feeds a tarn?", "default", null, Filter.NONE, null);

    private Fakes() {}

    static Passage passage(int citation, String text) {
        return new Passage(citation, "tarns", 7L, "element-" + citation, null, null, 0.8, text);
    }

    /** Gives one reply after the other. */
    static class Chat implements Generator {
        final List<Prompt> prompts = new ArrayList<>();
        private final Deque<Generation> replies;

        Chat(String... replies) {
            this(Stream.of(replies)
                    .map(reply -> new Generation(reply, 7, null, true))
                    .toArray(Generation[]::new));
        }

        Chat(Generation... replies) {
            this.replies = new ArrayDeque<>(List.of(replies));
        }

        @Override
        public String model() {
            return "chat";
        }

        @Override
        public void check() {}

        @Override
        public Generation generate(Prompt prompt) {
            prompts.add(prompt);
            return replies.remove();
        }

        @Override
        public void close() {}
    }

    /** Puts a text at an angle that grows with the number of its words: 1 degree for each. */
    static final class Angles implements Embedder {
        final List<List<String>> calls = new ArrayList<>();

        @Override
        public EmbeddingModelInfo describe() {
            return new EmbeddingModelInfo("angles", "0", 2);
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            calls.add(texts);
            return texts.stream()
                    .map(text -> Math.toRadians(PlainWords.list(text).size()))
                    .map(angle -> new float[] {(float) Math.cos(angle), (float) Math.sin(angle)})
                    .toList();
        }

        @Override
        public void close() {}
    }
}
