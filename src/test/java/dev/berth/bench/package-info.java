/** Measures a running Berth from outside, through its topics alone. */
@NullMarked
package dev.berth.bench;

import org.jspecify.annotations.NullMarked;
