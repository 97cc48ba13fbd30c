package dev.tarn.question;

/**
 * A question as it was asked.
 *
 * @param id the record's key
 * @param question the question
 * @param collection what is searched
 * @param topK how many passages the answer may use, or null for the job's default
 * @param filter which documents are searched; never null
 * @param minScore the least cosine similarity of a passage, or null for the job's default
 */
public record Question(String id, String question, String collection, Integer topK, Filter filter, Double minScore) {
    /** The most passages that a question can ask for. */
    public static final int MAX_TOP_K = 100;

    /** The id and the collection; never the content. */
    @Override
    public String toString() {
        return "Question[id=" + id + ", collection=" + collection + "]";
    }
}
