/**
 * How the passages for a question are chosen: by meaning and by words, fused, different from each other, and with what
 * stands around them. The {@link dev.tarn.retrieval.Retriever} asks the index for candidates, ranks them again, and asks once
 * more where neighbours are wanted; it knows no engine.
 */
package dev.tarn.retrieval;
