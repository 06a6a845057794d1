/**
 * An example of a bridge: joins a control plane with a vocabulary of its own, one made with the
 * SaaS Builder Toolkit of AWS (SBT), by records alone. Off unless its topic is named; a team copies
 * it for its own control plane.
 */
@NullMarked
package dev.berth.bridge;

import org.jspecify.annotations.NullMarked;
