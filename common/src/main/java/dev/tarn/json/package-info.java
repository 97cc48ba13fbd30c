/**
 * JSON, in one place: the one mapper, and how bytes become a record or a {@link dev.tarn.failure.PermanentFailure}.
 *
 * <p>The contracts' JSON Schemas lie beside it in {@code schema/} of the resources; a test holds schema and record
 * together.
 */
package dev.tarn.json;
