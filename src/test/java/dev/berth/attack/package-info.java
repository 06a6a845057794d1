/**
 * What a tenant, or someone who took over a part of one, may try. Every attempt is refused by a
 * guard that is named beforehand, and each guard is proven by what succeeds without it.
 */
@NullMarked
package dev.berth.attack;

import org.jspecify.annotations.NullMarked;
