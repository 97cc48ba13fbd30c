/** Measurements of a running stack. Each puts what Tarn does beside what its parts alone can do, in the same run. */
package dev.tarn.local.benchmark;
