/**
 * The Redis room: the index's layout, its commit protocol, and the engines that hold vectors.
 *
 * <h2>Layout</h2>
 *
 * <pre>
 * tarn:spec                        JSON, how the index was made ({@link dev.tarn.index.IndexSpec})
 * tarn:progress                    hash, how far the index has come; tarn:progress:{N} on a cluster
 *   LOG                              offset below which every record of the log has had its effect
 *   begun:LOG                        the server process on which the reading of the log began
 * tarn:{ID}:manifest               hash, the commit point of the document ID
 *   revision                         raised by every change of what is listed; a time, in microseconds. It stands alone
 *                                    until the first record of the document is there
 *   version, log, offset, timestamp  position of the record it stands for
 *   fence                            the greatest version seen, that of a record that was superseded too
 *   deleted                          place of the latest delete seen, that of one that was superseded too
 *   digest                           of what the record says, to recognize an unchanged one
 *   document                         JSON, all but the text; empty once deleted
 *   order                            the elements that are listed, in the order of the chunks; where there are several
 *   e:ELEMENT                        collection, for each element that is listed
 *   g:ELEMENT                        collection, for each element that is written or unlisted, and not yet listed or
 *                                    removed
 * tarn:{ID}:chunk:ELEMENT          hash, the payload
 *   text, index                      the chunk's text and place
 *   vector, collection, metadata     for the query engine: 32-bit floats, and what a search is narrowed down by
 *   number_NAME                      the same, for each number of the metadata: a double
 * tarn:numbers                     set, the fields number_NAME that are in the schema of the query engine's index
 * tarn:fields                      hash, the fields that any document's metadata ever had
 *   KIND:NAME                        KIND is text, number or flag; the name is percent-encoded
 *   complete                         the index has registered them from its first document on
 *   more                             there was no room for some
 * tarn:vectors:COLLECTION:SHARD    vector set, with members ID:ELEMENT
 * tarn:embeddings:{N}:recent       hash, digest of model and text to a vector: a cache, and no part of the index; N is 0, but
 *                                  for clusters
 * tarn:embeddings:{N}:earlier      the same, of the generation before
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
 * <p>A filter ({@link dev.tarn.question.Filter}) is compiled into the query engine's query as a whole ({@link
 * dev.tarn.redis.FilterQuery}). With vector sets it is applied to the metadata in the manifests, after the search: a vector's
 * attributes are in another key than its document's manifest, on a cluster on another node, so that the two could not change
 * in one step, and a search would miss a document whose metadata is changing. With both, a filter by a field that {@code
 * tarn:fields} says no document ever had, or never with a value of that kind, is refused ({@link
 * dev.tarn.redis.MetadataFields}). That is read with the manifests, where there is a filter, and written with the plan of the
 * first document that has the field, which costs each writer one round trip more.
 *
 * <p>Texts and flags of the metadata are tokens of one tag field ({@link dev.tarn.redis.MetadataTags}), each number is a numeric
 * field ({@link dev.tarn.redis.MetadataNumbers}). A field is in the schema before {@code tarn:numbers} names it, and it is
 * named there before any payload that has it is listed: a writer looks between its plan and its flip. So nothing has to be
 * indexed again for a new name. (A failover to a replica that lacks the name, and has the plan's revision, between that look
 * and the flip leaves a document that searches by that number miss until it changes.) A search is narrowed down by the fields that {@code tarn:numbers} names at that moment, and an index that is
 * made again begins with all of them.
 *
 * <h2>Cluster</h2>
 *
 * <p>All of a document but its vectors is in one slot. A collection's vector sets are in slots of their own: the CRC-32 of
 * ID decides on the shard, and a search asks all shards in one round. Pipelines ({@link dev.tarn.redis.ClusterSender})
 * go to all nodes at once; a command that is redirected, because its slot has moved or is moving, is sent again by itself,
 * which also renews what is known of the slots. So commands in pipelines may be carried out twice, and out of order; all
 * of Tarn's may. A script whose keys are on both nodes of a moving slot is answered {@code TRYAGAIN}: transient, until the
 * slot has moved. The query engine is for single servers.
 *
 * <h2>Protocol</h2>
 *
 * <ol>
 *   <li>{@code plan.lua} compares the record with the manifest. A later record in the manifest: superseded. The same
 *       digest: the manifest takes over the position, and the document is done. Else the revision, what is listed, and the
 *       document as it was: under another title no chunk is used again, for the hash does not tell where the title ends.
 *   <li>{@code write.lua} writes payloads and their vectors, of four of the chunks that are not listed in each call.
 *       Nothing lists them yet. It compares again, and writes nothing for a record that is not the latest any more, or at
 *       another revision than planned. What it writes is garbage in the manifest until it is listed (not on a cluster).
 *   <li>{@code flip.lua} compares again. Superseded: as above. Another revision than planned, or a payload written and not
 *       there: stale, plan again. Else it lists the new elements, moves the others to the garbage, and deletes their
 *       payloads, all at once.
 *   <li>The vectors of the garbage, and of elements that this record wrote in vain, are removed; then the garbage is
 *       cleared. Every delivery ends so, a superseded or unchanged one too: a crash before it is made good by the next
 *       delivery of the document, whichever record that is of. {@code remove.lua} and {@code clear.lua} leave what was written
 *       again meanwhile (on a cluster, vectors are removed blindly).
 *   <li>A record that is refused after chunks of it were written, by this delivery or an earlier one, is discarded:
 *       {@code discard.lua} deletes the payloads, and raises the revision, so that no other delivery writes them again.
 * </ol>
 *
 * <p>A reader takes the nearest vectors, then in one round trip the payload of each and after it the manifests. A hit
 * counts if its manifest lists it; a manifest read after the payload makes sure that a listed payload was there to read.
 * A document whose revision is later than the beginning of the search may have been flipped between the two, and then only
 * a part of it was near; the reader repeats both, and takes of each document what the latest round has found in which it stood
 * still ({@link dev.tarn.redis.Sightings}). The same revision in two rounds says so, too. When a round began is counted on the
 * server's clock, which is read in the same round trip. A cluster has many clocks: there it is the reader's, with two seconds of
 * tolerance. The passages of one answer may so be of different moments, all of them after the search began.
 *
 * <p>Who wants the chunks around a hit reads the order of the document's elements with the manifest that lists the hit, and
 * the payloads of those elements in a third round trip. They are of that revision whenever they are read, for an element
 * never changes; one that is gone meanwhile is left out. Manifests that were written before there was an order have none.
 *
 * <p>Each document goes through the protocol by itself, on a thread of its own. Threads that send at the same time share round
 * trips ({@link dev.tarn.redis.RoundTrips}), so that the protocol costs one round trip for each step of many documents.
 *
 * <h2>What may fail, and what then remains</h2>
 *
 * <p>The schedules in {@code CommitProtocolSchedulesTest} run this code under crashes at every step, deliveries in any order,
 * writers that come back late, and servers that forget.
 *
 * <ul>
 *   <li>A server that forgets (a crash, a failover, FLUSHALL, an old dump) can have a writer that goes on as if nothing
 *       had been. A revision never comes twice, so that a plan from before fits no manifest written after, and none after
 *       FLUSHALL: the first plan of a document stores one. A server can go back to the very manifest that was planned from,
 *       without the chunks written since; then the flip misses a payload. A payload and its vector are written at once, so
 *       that on one server a payload that is remembered has its vector. The records that were forgotten have to be delivered
 *       again.
 *   <li>A writer that comes back after its record was completed by another delivery finds the record superseded, or the
 *       revision raised, and writes nothing; what it wrote before, that other delivery has listed or removed. On a cluster
 *       only payloads are fenced so, for a script reaches no other node: such a writer leaves vectors behind if it dies
 *       before its flip. No reader sees them, the next delivery of that record removes them, and {@code tarn verify} finds
 *       them.
 *   <li>A writer that goes on after the server forgot, between its flip and the removal of the garbage, finds what is listed
 *       again and leaves it; on a cluster it removes such vectors. After a crash or a failover its connection is broken, so
 *       that it fails and plans again. After FLUSHALL it is done long before what it replaced is delivered again.
 * </ul>
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
 * <p>On a cluster each node loses for itself, so there is a copy of the progress in each 64th part of the slots, and the
 * lowest copy counts: {@code tarn:progress:{N}}. A copy that moves to another node with its slot counts as forgotten, and so
 * resharding makes the job fail over some times. A master that holds none of the
 * copies, because it has fewer than 256 slots in a row, is not watched.
 *
 * <p>A node can also lose vectors whose manifest another node keeps. So on a cluster, and there only, a plan asks in one
 * more round trip whether the vectors of the manifest are there; where one is not, the document is written anew.
 *
 * <p>It costs one script for each subtask every two seconds and one after each checkpoint (on a cluster, one for each copy), and after a loss the reading of
 * what came after the progress: records whose effect is there are unchanged or superseded, and are not embedded. Nothing is
 * added to the path of a document. A restart of Redis that lost nothing costs a failover of the job, for nobody can tell.
 * A key that is removed by hand is not noticed; {@code tarn verify} finds it.
 *
 * <p>An address may lead to another server after a switch of roles, while connections to the old master stay open. So no
 * connection is used again that was opened before a server answered {@code READONLY} ({@link
 * dev.tarn.redis.MasterConnections}), and none for longer than ten seconds, for who only reads is not told. A replica in a
 * cluster answers {@code MOVED} instead.
 *
 * <p>A reader gets {@code tarn:spec} with the manifests, in the same round trip. An index that was made anew, by another
 * model or engine, is opened again or refused, however long the reader runs.
 *
 * <h2>Audit</h2>
 *
 * <p>{@link dev.tarn.redis.RedisAudit} compares records with manifests, and goes through all that there is; it may do so
 * beside writers. What a manifest lists is there, so a manifest that reads the same before and after its elements proves
 * that what they lacked is lost. What no manifest lists is an orphan only if the record that it is named by is below the
 * progress, as it was read before. {@link dev.tarn.redis.RedisRepair} takes away what is wrong, each step in a script that
 * asks for the revision and the record that were seen; what is to be there instead comes by the protocol.
 *
 * <p>{@link dev.tarn.redis.RedisIndex} is the protocol; {@link dev.tarn.redis.VectorEngine} is what differs between
 * vector sets and the query engine; {@link dev.tarn.redis.RedisProgress} is the progress.
 */
package dev.tarn.redis;
