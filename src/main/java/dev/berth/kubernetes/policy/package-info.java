/**
 * The admission policies Berth was built with, and how the ones in the cluster differ from them.
 * Pure.
 */
@NullMarked
package dev.berth.kubernetes.policy;

import org.jspecify.annotations.NullMarked;
