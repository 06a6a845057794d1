/**
 * What Berth does while it observes: plans as it would work, looks at the cluster by reading alone,
 * and tells what it would do. Stores nothing; REST shows what it tells.
 */
@NullMarked
package dev.berth.provisioning.observation;

import org.jspecify.annotations.NullMarked;
