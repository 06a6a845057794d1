/**
 * What is known of the cluster, kept current by watches and by pods tried in canary namespaces, and
 * no older than the oldest watch. Feeds the planner; used by nobody else.
 */
@NullMarked
package dev.berth.kubernetes.facts;

import org.jspecify.annotations.NullMarked;
