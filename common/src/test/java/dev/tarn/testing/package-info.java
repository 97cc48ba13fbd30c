/**
 * What tests share: fixtures, the real parts they start, and stand-ins for those that no build can have.
 *
 * <p>Each listens on a free loopback port only, can be made to fail, and leaves nothing behind once it is closed.
 */
package dev.tarn.testing;
