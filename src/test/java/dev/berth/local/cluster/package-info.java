/** A real control plane, obtained once and installed as {@code k8s/} says. */
@NullMarked
package dev.berth.local.cluster;

import org.jspecify.annotations.NullMarked;
