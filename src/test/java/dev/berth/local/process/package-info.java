/** Processes, ports and files of a run, none of which outlives it. */
@NullMarked
package dev.berth.local.process;

import org.jspecify.annotations.NullMarked;
