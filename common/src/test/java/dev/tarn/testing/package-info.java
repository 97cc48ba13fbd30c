/** Real parts that tests share. What stands here starts something outside the JVM and knows nothing of Tarn's records. */
package dev.tarn.testing;
