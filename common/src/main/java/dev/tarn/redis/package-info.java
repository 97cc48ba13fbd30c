/**
 * The Redis room: the index's layout, its commit protocol, and the engines that hold vectors.
 *
 * <h2>Layout</h2>
 *
 * <pre>
 * tarn:spec                        JSON, how the index was made ({@link dev.tarn.index.IndexSpec})
 * tarn:{ID}:manifest               hash, the commit point of the document ID
 *   revision                         raised by every flip and by every change of what is listed
 *   version, log, offset, timestamp  position of the record it stands for
 *   fence                            the greatest version seen, that of a record that was superseded too
 *   digest                           of what the record says, to recognize an unchanged one
 *   document                         JSON, all but the text; empty once deleted
 *   e:ELEMENT                        collection, for each element that is listed
 *   g:ELEMENT                        collection, for each element that is unlisted and not yet removed
 * tarn:{ID}:chunk:ELEMENT          hash, the payload
 *   text, index                      the chunk's text and place
 *   vector, collection, metadata     for the query engine: 32-bit floats, and what a search is narrowed down by
 * tarn:vectors:COLLECTION:SHARD    vector set, with members ID:ELEMENT
 * </pre>
 *
 * <p>ID is the document's id, percent-encoded, so that no id can forge or break a key; the braces put all of a document
 * but its vectors into one hash slot. The collection is not part of the key: a tombstone names only the id, and a document
 * that moves to another collection must leave the one it was in. ELEMENT is {@code HASH.POSITION}: the chunk's hash and
 * the position of the record that wrote it, so that a record delivered again writes the same elements, and no other
 * record ever does. An element is written once and never changed. The hash leaves the embedding model out, for the spec
 * allows one only.
 *
 * <h2>Engines</h2>
 *
 * <p>Vectors are in vector sets ({@link dev.tarn.redis.VectorSetEngine}), or in the payloads, over which the server's query
 * engine keeps the index {@code tarn:1} behind the alias {@code tarn} ({@link dev.tarn.redis.QueryEngine}). Whatever an
 * engine finds is compared with the manifests, so that an entry of it that is late, or left over, is never a passage. The
 * query engine's entry goes with its payload: no vector is left behind. What it filters by is part of the payload, and the
 * flip sets it on the payloads of reused chunks, in the document's slot and at once with the manifest.
 *
 * <h2>Cluster</h2>
 *
 * <p>All of a document but its vectors is in one slot. A collection's vector sets are in slots of their own: the CRC-32 of
 * ID decides on the shard, and a search asks all shards in one round. Pipelines ({@link dev.tarn.redis.ClusterPipeline})
 * go to all nodes at once; a command that is redirected, because its slot has moved or is moving, is sent again by itself,
 * which also renews what is known of the slots. So commands in pipelines may be carried out twice, and out of order; all
 * of Tarn's may. A script whose keys are on both nodes of a moving slot is answered {@code TRYAGAIN}: transient, until the
 * slot has moved. The query engine is for single servers.
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
 * <p>{@link dev.tarn.redis.RedisIndex} is the protocol; {@link dev.tarn.redis.VectorEngine} is what differs between
 * vector sets and the query engine.
 */
package dev.tarn.redis;
