package dev.tarn.local;

import dev.tarn.question.Answer;
import dev.tarn.question.Passage;
import dev.tarn.text.VisibleText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints answers for people. */
final class Transcript {
    private static final String LINE = "=".repeat(50);

    private final PrintWriter out;

    Transcript(PrintWriter out) {
        this.out = out;
    }

    /** The question, the answer, its statements that are not supported, the sources with their scores, a line. */
    void print(Answer answer) {
        out.println("Question: " + VisibleText.of(answer.question()));
        out.println("Response:");
        out.println(
                switch (answer.status()) {
                    case ANSWERED -> answer.answer();
                    case NO_ANSWER -> "The documents do not answer this question.";
                    case FAILED -> "The question could not be answered: " + answer.error();
                });
        if (answer.status() == Answer.Status.ANSWERED) {
            printUnsupported(answer.statements());
            out.println();
            out.println("Sources:");
            answer.sources().forEach(this::print);
        }
        out.println(LINE);
        out.flush();
    }

    private void printUnsupported(List<Answer.Statement> statements) {
        List<Answer.Statement> unsupported =
                statements.stream().filter(statement -> !statement.supported()).toList();
        if (!unsupported.isEmpty()) {
            out.println();
            out.println("Not supported by what it cites:");
            for (Answer.Statement statement : unsupported) {
                String support = statement.support() == null
                        ? "nothing cited"
                        : String.format(Locale.ROOT, "%.2f", statement.support());
                out.println("- (" + support + ") " + statement.text());
            }
        }
    }

    private void print(Passage source) {
        String title = source.title() == null ? "" : " – " + source.title();
        String document = VisibleText.of(source.documentId() + title);
        out.printf(Locale.ROOT, "[%d] %.2f %s%n", source.citation(), source.score(), document);
    }
}
