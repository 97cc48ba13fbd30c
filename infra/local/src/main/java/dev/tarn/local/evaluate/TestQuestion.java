package dev.tarn.local.evaluate;

import java.util.List;

/**
 * A question to evaluate with.
 *
 * @param id its id in the judgments and in the run files
 * @param text the question
 * @param kind what kind of question it is, for tables by kind; or null
 * @param facts phrases of the documents that a right answer has; may be empty
 */
public record TestQuestion(String id, String text, String kind, List<String> facts) {

    /** The id and the kind; never the content. */
    @Override
    public String toString() {
        return "TestQuestion[" + id + ", " + kind + "]";
    }
}
