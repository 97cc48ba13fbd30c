/** What text is made of, as it is stored, shown and compared. */
package dev.tarn.text;
