package dev.tarn.local.benchmark;

/**
 * What the parts can do alone, in chunks a second. A pipeline over them that loses nothing is as fast as its roof, give or
 * take what the rates of the parts change between the two, and what a part that works alone leaves idle of shared cores.
 *
 * @param embed the model server, called directly
 * @param write Redis, written to directly
 * @param consume Kafka, read by a consumer that does nothing else
 */
record Roofs(double embed, double write, double consume) {

    /**
     * The most that a pipeline over all three can do.
     *
     * @param shared whether the three share the same cores, so that a chunk costs what it costs in each of them; else each
     *     works while the others do, and the slowest decides
     */
    double roof(boolean shared) {
        return shared ? 1 / (1 / embed + 1 / write + 1 / consume) : Math.min(embed, Math.min(write, consume));
    }
}
