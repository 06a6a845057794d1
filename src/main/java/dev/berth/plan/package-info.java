/**
 * The vocabulary of plans: what a plan grants, what the cluster offers, operations and their
 * outcomes. Pure: no clock, no IO. Every package above may use it.
 */
@NullMarked
package dev.berth.plan;

import org.jspecify.annotations.NullMarked;
