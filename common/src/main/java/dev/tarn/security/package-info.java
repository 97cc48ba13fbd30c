/**
 * What the rooms need to speak safely: where a secret is, and what a TLS connection trusts and shows. Both are names of
 * files and variables, so that they may travel in a job's graph; each process reads its own. Neither knows a protocol.
 */
package dev.tarn.security;
