/** The commands about what Berth did not take. */
@NullMarked
package dev.berth.cli.quarantine;

import org.jspecify.annotations.NullMarked;
