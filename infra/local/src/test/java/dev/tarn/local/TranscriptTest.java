package dev.tarn.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tarn.question.Answer;
import dev.tarn.question.Passage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private static final Passage SOURCE =
            new Passage(1, "avl-trees", 3L, "chunk", "AVL trees", null, 0.8347, "An AVL tree is balanced.");

    private static final Answer.Statement SUPPORTED = new Answer.Statement("It rotates.", List.of(1), 1.0, true);

    @Test
    void whatIsNotSupportedIsMarkedAndNothingHiddenIsPrinted() {
        Passage hostile = new Passage(1, "avl\u001b[31m", null, "chunk", "AVL\u202e trees", null, 0.8, "text");
        List<Answer.Statement> statements = List.of(
                SUPPORTED,
                new Answer.Statement("It prays.", List.of(1), 0.414, false),
                new Answer.Statement("It sings.", List.of(), null, false));

        assertThat(printed(answer(
                        Answer.Status.ANSWERED,
                        "It rotates. It prays. [1] It sings.",
                        statements,
                        null,
                        List.of(hostile))))
                .isEqualTo("""
                        Question: How does it balance?
                        Response:
                        It rotates. It prays. [1] It sings.

                        Not supported by what it cites:
                        - (0.41) It prays.
                        - (nothing cited) It sings.

                        Sources:
                        [1] 0.80 avl[31m – AVL trees
                        ==================================================
                        """);
    }

    @Test
    void anAnswerIsABlockOfQuestionResponseAndSourcesClosedByFiftyEqualSigns() {
        assertThat(printed(answer(Answer.Status.ANSWERED, "It rotates. [1]", null, List.of(SOURCE))))
                .isEqualTo("""
                        Question: How does it balance?
                        Response:
                        It rotates. [1]

                        Sources:
                        [1] 0.83 avl-trees – AVL trees
                        ==================================================
                        """);
    }

    @Test
    void aQuestionWithoutAnAnswerSaysSo() {
        assertThat(printed(answer(Answer.Status.NO_ANSWER, null, null, List.of())))
                .contains("Response:\nThe documents do not answer this question.\n==");
    }

    @Test
    void aFailureSaysWhy() {
        assertThat(printed(answer(Answer.Status.FAILED, null, "answer: the model refuses the input", List.of())))
                .contains("The question could not be answered: answer: the model refuses the input");
    }

    private static String printed(Answer answer) {
        StringWriter text = new StringWriter();
        new Transcript(new PrintWriter(text)).print(answer);
        return text.toString();
    }

    private static Answer answer(Answer.Status status, String text, String error, List<Passage> sources) {
        return answer(status, text, text == null ? List.of() : List.of(SUPPORTED), error, sources);
    }

    private static Answer answer(
            Answer.Status status, String text, List<Answer.Statement> statements, String error, List<Passage> sources) {
        return new Answer(
                "q",
                "How does it balance?",
                status,
                text,
                statements,
                0.9,
                sources,
                "model",
                "embedding model",
                error,
                null,
                null,
                Instant.EPOCH);
    }
}
