/** The arithmetic of room: what tenants take, what nodes have, what a quota must say. Pure. */
@NullMarked
package dev.berth.plan.capacity;

import org.jspecify.annotations.NullMarked;
