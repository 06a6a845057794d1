/**
 * The vocabulary: what a tenant is, what it wants and what state it is in. Pure; depends on the JDK
 * only. Every package may use it.
 */
@NullMarked
package dev.berth.tenant;

import org.jspecify.annotations.NullMarked;
