/**
 * The rules for node pools: what forbids one, how many nodes it needs, what a failure means, and
 * what is to be done next. Pure.
 */
@NullMarked
package dev.berth.nodepool.decide;

import org.jspecify.annotations.NullMarked;
