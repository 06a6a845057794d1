/** REST resources of the quarantine: what Berth did not take, to read and to redrive. */
@NullMarked
package dev.berth.api.quarantine;

import org.jspecify.annotations.NullMarked;
