/**
 * The door to the cluster: operations go in at {@code KubernetesTarget}, outcomes come out. The
 * rooms below know how; nobody outside enters them.
 */
@NullMarked
package dev.berth.kubernetes;

import org.jspecify.annotations.NullMarked;
