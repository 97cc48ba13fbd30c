package dev.tarn.jobs.query;

import dev.tarn.jobs.options.WholeNumber;
import dev.tarn.question.Question;

/** Reads how many passages an answer may use. */
final class TopK extends WholeNumber {

    TopK() {
        super(1, Question.MAX_TOP_K);
    }
}
