/**
 * The objects of a tenant: their manifests, whose they are, and how they are written, emptied and
 * removed, each write fenced. Used by {@code KubernetesTarget}, and by proofs and facts that need
 * an object.
 */
@NullMarked
package dev.berth.kubernetes.object;

import org.jspecify.annotations.NullMarked;
