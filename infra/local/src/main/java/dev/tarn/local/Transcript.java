package dev.tarn.local;

import dev.tarn.question.Answer;
import dev.tarn.question.Passage;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints answers for people. */
final class Transcript {
    private static final String LINE = "=".repeat(50);

    private final PrintWriter out;

    Transcript(PrintWriter out) {
        this.out = out;
    }

    /** The question, the answer, the sources with their scores, a line. */
    void print(Answer answer) {
        out.println("Question: " + answer.question());
        out.println("Response:");
        out.println(
                switch (answer.status()) {
                    case ANSWERED -> answer.answer();
                    case NO_ANSWER -> "The documents do not answer this question.";
                    case FAILED -> "The question could not be answered: " + answer.error();
                });
        if (answer.status() == Answer.Status.ANSWERED) {
            out.println();
            out.println("Sources:");
            answer.sources().forEach(this::print);
        }
        out.println(LINE);
        out.flush();
    }

    private void print(Passage source) {
        String title = source.title() == null ? "" : " – " + source.title();
        out.printf(Locale.ROOT, "[%d] %.2f %s%s%n", source.citation(), source.score(), source.documentId(), title);
    }
}
