/**
 * Histories of tenants and of the cluster, generated from a seed and played on the real parts with
 * two replicas of the packaged jar, and a judge that uses none of Berth's code.
 */
package dev.berth.history;
