/**
 * What the cloud provider answers about a cluster and its node pools, and the one way to ask it.
 * Provider types end where this package begins.
 */
@NullMarked
package dev.berth.nodepool.cloud;

import org.jspecify.annotations.NullMarked;
