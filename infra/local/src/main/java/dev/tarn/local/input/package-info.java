/** Documents as people keep them: Markdown, text and JSON lines, read into records of the documents topic. */
package dev.tarn.local.input;
