/**
 * Histories of tenants and of the cluster, generated from a seed and played on the real parts
 * beside two replicas of the packaged jar, and a judge that knows nothing of Berth's code.
 */
package dev.berth.history;
