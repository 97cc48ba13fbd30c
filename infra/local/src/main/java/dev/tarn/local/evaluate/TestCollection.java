package dev.tarn.local.evaluate;

import java.util.List;
import java.util.Set;

/**
 * Questions with the documents that answer them.
 *
 * @param questions in the order of their files
 * @param qrels which documents are relevant to which question
 * @param withoutAnswer ids of the questions that no document answers
 */
public record TestCollection(List<TestQuestion> questions, Qrels qrels, Set<String> withoutAnswer) {

    /** Those that some document answers. */
    public List<TestQuestion> answerable() {
        return questions.stream()
                .filter(question -> qrels.hasRelevant(question.id()))
                .toList();
    }

    /** Those that are known to have no answer; a question that nobody judged is in neither list. */
    public List<TestQuestion> unanswerable() {
        return questions.stream()
                .filter(question -> withoutAnswer.contains(question.id()))
                .toList();
    }
}
