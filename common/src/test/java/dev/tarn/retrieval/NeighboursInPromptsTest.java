package dev.tarn.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.answer.AnswerSettings;
import dev.tarn.answer.GroundedAnswer;
import dev.tarn.answer.GroundedAnswers;
import dev.tarn.document.TokenEstimate;
import dev.tarn.index.Search;
import dev.tarn.model.Embedder;
import dev.tarn.model.EmbeddingModelInfo;
import dev.tarn.model.Generation;
import dev.tarn.model.Generator;
import dev.tarn.question.Answer;
import dev.tarn.question.Filter;
import dev.tarn.question.Passage;
import dev.tarn.question.Prompt;
import dev.tarn.question.Question;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What passages with neighbours leave of the room for them. */
class NeighboursInPromptsTest {
    private static final Question QUESTION = new Question("q", "What feeds it?", "default", null, Filter.NONE, null);
    private static final int CHUNK_TOKENS = 192;

    @Test
    void passagesThatFollowEachOtherThroughADocumentLeaveRoomForTheNearest() {
        GroundedAnswer answer = answer(1, 2, 5, 8, 11, 14);

        assertThat(answer.status()).isEqualTo(Answer.Status.ANSWERED);
        assertThat(answer.given()).isNotEmpty();
        assertThat(answer.given().get(0).chunks()).containsExactly("1", "2", "3", "4", "5", "6");
    }

    @Test
    void whatIsTooLongByItsNeighboursAloneComesWithoutThem() {
        GroundedAnswer answer = answer(9, 10, 30);

        assertThat(answer.status()).isEqualTo(Answer.Status.ANSWERED);
        assertThat(answer.given()).extracting(Passage::text).containsExactly(chunk(10), chunk(30));
        assertThat(answer.given()).extracting(Passage::chunks).containsOnlyNulls();
    }

    private static GroundedAnswer answer(int neighbours, int... hits) {
        FoundIndex index = new FoundIndex();
        index.document(
                IntStream.range(0, 41).mapToObj(NeighboursInPromptsTest::chunk).toArray(String[]::new));
        IntStream.of(hits).forEach(hit -> index.find(0, hit));
        try (Retriever retriever = new Retriever(index, new RetrievalSettings(Mode.HYBRID, 150, 0.8, 0, neighbours))) {
            List<Passage> passages =
                    retriever.retrieve(new Search("default", new float[] {1}, 5, -1, Filter.NONE, QUESTION.question()));
            return new GroundedAnswers(new Streams(), new NoEmbedder(), new AnswerSettings(4096, 0, 0.5))
                    .answer(QUESTION, passages);
        }
    }

    private static String chunk(int number) {
        TokenEstimate tokens = new TokenEstimate();
        StringBuilder text = new StringBuilder("Streams feed it.");
        for (int word = 0; tokens.estimateTokenCountInText(text.toString()) < CHUNK_TOKENS; word++) {
            text.append(" Word").append(number).append('x').append(word);
        }
        return text.toString();
    }

    private record Streams() implements Generator {
        @Override
        public String model() {
            return "streams";
        }

        @Override
        public void check() {}

        @Override
        public Generation generate(Prompt prompt) {
            return new Generation("Streams feed it. [1]", null, null, true);
        }

        @Override
        public void close() {}
    }

    /** What is quoted word by word need not be embedded. */
    private record NoEmbedder() implements Embedder {
        @Override
        public EmbeddingModelInfo describe() {
            throw new AssertionError();
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            throw new AssertionError();
        }

        @Override
        public void close() {}
    }
}
