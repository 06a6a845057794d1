/**
 * The container lane, profile {@code containers}: Berth's image beside a PostgreSQL that syncs and
 * a Kafka, each in a container, and a wire between each two that can be cut. Needs a Docker daemon
 * and the images of {@code src/test/containers/images}; without them it fails.
 */
@NullMarked
package dev.berth.containers;

import org.jspecify.annotations.NullMarked;
