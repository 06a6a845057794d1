/**
 * Every record that was taken in, once, with its verdict: the inbox, the refused and the parked.
 */
@NullMarked
package dev.berth.store.inbox;

import org.jspecify.annotations.NullMarked;
