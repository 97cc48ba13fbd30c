/** Records that can't be processed, kept as they came with the reason why. */
package dev.tarn.deadletter;
