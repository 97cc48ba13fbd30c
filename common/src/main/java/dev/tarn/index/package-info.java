/**
 * The port to the index: {@link dev.tarn.index.VectorIndex}, what is asked of it and what it answers.
 *
 * <p>A document's manifest is the one commit point: nothing of a version is visible before the manifest lists it, and
 * all of it is from then on. A delivery of a record goes
 *
 * <ol>
 *   <li><em>plan</em>: which chunks does the index hold already, and from which revision of the manifest is that known;
 *   <li><em>embed</em> the others;
 *   <li><em>commit</em>: write them, flip the manifest from the planned revision to the next, remove what is unlisted.
 *       A manifest that has moved since the plan makes the commit ask for a new plan.
 * </ol>
 *
 * <p>However often, late, or at once with others a record is delivered, the outcome is that of its latest delivery in
 * the order of {@link dev.tarn.index.VectorIndex}.
 */
package dev.tarn.index;
