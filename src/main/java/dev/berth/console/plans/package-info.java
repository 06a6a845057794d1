/** The plans that are offered, and how two of their versions differ. */
@NullMarked
package dev.berth.console.plans;

import org.jspecify.annotations.NullMarked;
