/**
 * How the passages for a question are chosen: by meaning and by words, fused, different from each other, and with what
 * stands around them. The {@link dev.tarn.retrieval.Retriever} asks the index for candidates and reorders them; it knows no
 * engine, and makes no call of its own.
 */
package dev.tarn.retrieval;
