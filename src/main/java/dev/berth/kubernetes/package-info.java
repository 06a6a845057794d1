/** Resource to manifest (pure), writes with fences, answers to outcomes, cluster facts. */
@NullMarked
package dev.berth.kubernetes;

import org.jspecify.annotations.NullMarked;
