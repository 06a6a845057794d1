/** The replica that answers: what it is, does and lacks. */
@NullMarked
package dev.berth.console.itself;

import org.jspecify.annotations.NullMarked;
