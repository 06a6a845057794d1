/**
 * What is known about the cluster, kept current by watches and by pods tried in canary namespaces,
 * and no older than the oldest watch. Feeds the planner and nothing else.
 */
@NullMarked
package dev.berth.kubernetes.facts;

import org.jspecify.annotations.NullMarked;
