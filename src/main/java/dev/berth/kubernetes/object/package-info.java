/**
 * The objects of a tenant: their manifests, whose they are, and how they are written, emptied and
 * removed, each write fenced. Used by the door, and where proofs and facts need an object.
 */
@NullMarked
package dev.berth.kubernetes.object;

import org.jspecify.annotations.NullMarked;
