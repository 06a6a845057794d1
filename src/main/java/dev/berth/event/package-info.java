/**
 * CloudEvents bytes to records and back, both directions. Total: every byte sequence ends in a
 * record or a reason.
 */
@NullMarked
package dev.berth.event;

import org.jspecify.annotations.NullMarked;
