/**
 * The embedded parts: a real PostgreSQL, Kafka and Kubernetes API server as child processes, for
 * the tests and for the run on one's own machine alike.
 */
@NullMarked
package dev.berth.local;

import org.jspecify.annotations.NullMarked;
