/**
 * The door to the cluster: operations go in at {@code KubernetesTarget}, outcomes come out. The
 * rooms below do the work; nothing outside uses them.
 */
@NullMarked
package dev.berth.kubernetes;

import org.jspecify.annotations.NullMarked;
