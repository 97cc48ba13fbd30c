/** What the commands do with topics: send records and wait for what comes of them. */
package dev.tarn.local.topics;
