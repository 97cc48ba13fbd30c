/**
 * Looking at an index from outside of the protocol: what a record asks of it, what it makes of the record, and what it
 * holds beside. Nothing here is needed to write or to search.
 */
package dev.tarn.audit;
