/**
 * The stand-in for Ollama: its API, as far as Tarn and a curious user need it, over models that run in this process.
 *
 * <p>It is honest about what it is. The embedding model is the real all-MiniLM-L6-v2, cut at 256 tokens as Ollama's is.
 * The chat model generates no language: it ranks the sentences of the passages by their nearness to the question and
 * quotes the best with their citations, more of them where something is to be explained, or says that the documents hold no
 * answer.
 *
 * <p>The rest of the stack knows {@link dev.tarn.local.standin.StandIn} only, and through its address. Nothing in here
 * knows Kafka, Flink or Redis.
 *
 * @see <a href="https://github.com/ollama/ollama/blob/main/docs/api.md">Ollama's API</a>
 */
package dev.tarn.local.standin;
