package dev.tarn.retrieval;

/**
 * Reciprocal rank fusion: of each ranking counts only who stands where, so that scores of any kind can be put together.
 *
 * @param constant how little it matters who is first: the greater, the less
 * @see <a href="https://doi.org/10.1145/1571941.1572114">Cormack, Clarke and Büttcher, Reciprocal Rank Fusion</a>
 */
record RankFusion(int constant) {

    /**
     * What a place in a ranking adds to a fused score.
     *
     * @param rank from 1
     * @param weight what the ranking counts for
     */
    double share(int rank, double weight) {
        return weight / (constant + rank);
    }
}
