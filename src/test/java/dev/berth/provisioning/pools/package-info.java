/** Tests of the work on node pools. */
@NullMarked
package dev.berth.provisioning.pools;

import org.jspecify.annotations.NullMarked;
