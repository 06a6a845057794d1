/**
 * What forbids a node pool for sandboxes, or makes it doubtful, known before the cloud is asked for
 * it. Pure.
 */
@NullMarked
package dev.berth.nodepool.preflight;

import org.jspecify.annotations.NullMarked;
