/**
 * Node pools: what plans want of them, how they fare, and what is to be done for them. Shared by
 * tenants, and therefore aggregates of their own. Pure: no clock, no IO, nothing of the SDK.
 */
@NullMarked
package dev.berth.nodepool;

import org.jspecify.annotations.NullMarked;
