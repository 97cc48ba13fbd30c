/**
 * The Redis room: the index's layout, its commit protocol, and the engines that hold vectors.
 *
 * <h2>Layout</h2>
 *
 * <pre>
 * tarn:spec                        JSON, how the index was made ({@link dev.tarn.index.IndexSpec})
 * tarn:progress                    hash, how far the index has come
 *   LOG                              offset below which every record of the log has had its effect
 *   begun:LOG                        the server process on which the reading of the log began
 * tarn:{ID}:manifest               hash, the commit point of the document ID
 *   revision                         raised by every flip and by every change of what is listed
 *   version, log, offset, timestamp  position of the record it stands for
 *   fence                            the greatest version seen, that of a record that was superseded too
 *   digest                           of what the record says, to recognize an unchanged one
 *   document                         JSON, all but the text; empty once deleted
 *   e:ELEMENT                        collection, for each element that is listed
 *   g:ELEMENT                        collection, for each element that is unlisted and not yet removed
 * tarn:{ID}:chunk:ELEMENT          hash, the chunk's text and place
 * tarn:vectors:COLLECTION          the vector set, with members ID:ELEMENT
 * </pre>
 *
 * <p>ID is the document's id, percent-encoded, so that no id can forge or break a key; the braces put all of a document
 * but its vectors into one hash slot. The collection is not part of the key: a tombstone names only the id, and a document
 * that moves to another collection must leave the one it was in. ELEMENT is {@code HASH.POSITION}: the chunk's hash and
 * the position of the record that wrote it, so that a record delivered again writes the same elements, and no other
 * record ever does. An element is written once and never changed. The hash leaves the embedding model out, for the spec
 * allows one only.
 *
 * <h2>Protocol</h2>
 *
 * <ol>
 *   <li>{@code plan.lua} compares the record with the manifest. A later record in the manifest: superseded. The same
 *       digest: the manifest takes over the position, and the document is done. Else the revision, and what is listed.
 *   <li>Payloads and vectors of the chunks that are not listed are written; nothing lists them yet.
 *   <li>{@code flip.lua} compares again. Superseded: as above. Another revision than planned: stale, plan again. Else it
 *       lists the new elements, moves the others to the garbage, and deletes their payloads, all at once.
 *   <li>The vectors of the garbage, and of elements that this record wrote in vain, are removed; then the garbage is
 *       cleared. Every delivery ends so, a superseded or unchanged one too: a crash before it is made good by the next.
 * </ol>
 *
 * <p>A reader takes the nearest vectors, then in one round trip the payload of each and after it the manifests. A hit
 * counts if its manifest lists it; a manifest read after the payload makes sure that a listed payload was there to read.
 *
 * <h2>A Redis that forgot</h2>
 *
 * <p>A server that crashes can lose what its append-only file had not got yet, a failover what the replica had not, a
 * restore of an old dump much more, and {@code FLUSHALL} everything. Redis applies, persists and replicates its writes in
 * one order, so whatever it comes back to, the progress in it is as old as the rest: everything below it is there.
 *
 * <ol>
 *   <li>A reader of the documents <em>begins</em>: it asks where the index has come to in its logs, and leaves there the
 *       run id and the replication id of the server that answered. No two processes share them, nor two terms as master.
 *   <li>After each Flink checkpoint the job <em>advances</em> the progress, on a server on which the log was begun only:
 *       writes that were acknowledged by another process don't count on this one.
 *   <li>The reader looks every two seconds whether its logs still are begun on the server that answers. When they are not,
 *       the job fails over, and the reader begins again where the index has come to, or where Flink has, if that is before.
 * </ol>
 *
 * <p>It costs one script for each subtask every two seconds, one after each checkpoint, and after a loss the reading of
 * what came after the progress: records whose effect is there are unchanged or superseded, and are not embedded. Nothing is
 * added to the path of a document. A restart of Redis that lost nothing costs a failover of the job, for nobody can tell.
 * A key that is removed by hand is not noticed; {@code tarn verify} finds it.
 *
 * <p>{@link dev.tarn.redis.RedisIndex} is the protocol; {@link dev.tarn.redis.VectorEngine} is what differs between
 * vector sets and the query engine; {@link dev.tarn.redis.RedisProgress} is the progress.
 */
package dev.tarn.redis;
