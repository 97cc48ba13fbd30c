/**
 * How good retrieval and answers are, on questions whose right documents are known.
 *
 * <p>A {@link dev.tarn.local.evaluate.TestCollection} is the questions and the judgments. Each {@link
 * dev.tarn.local.evaluate.Configuration} is one way to retrieve: {@code Bm25} and {@code ExactSearch} are baselines in this
 * JVM, over the very documents and chunks that the index holds; the others search the index with the query job's own
 * {@link dev.tarn.retrieval.Retriever}. What they find becomes a {@link dev.tarn.local.evaluate.Ranking} of documents for each question, and {@link
 * dev.tarn.local.evaluate.Measure} scores it by trec_eval's definitions, so that others' tools say the same of the {@link
 * dev.tarn.local.evaluate.TrecFiles} that are written. Answers are asked for over the topics, as anybody would.
 *
 * <p>{@link dev.tarn.local.evaluate.EvaluationRun} is the one way in. Measures, {@link dev.tarn.local.evaluate.Bootstrap}
 * and {@link dev.tarn.local.evaluate.RandomizationTest} know nothing of Tarn.
 */
package dev.tarn.local.evaluate;
