/** What was measured, as a table, as JSON and as plots. Nothing here knows how anything is measured. */
package dev.tarn.local.benchmark.report;
