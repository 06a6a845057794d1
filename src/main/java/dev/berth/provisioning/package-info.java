/**
 * Carries tenants from request to cluster. Here are the ports to the cluster and what all rooms
 * below share: settings, lifetime, metrics, announcements.
 */
@NullMarked
package dev.berth.provisioning;

import org.jspecify.annotations.NullMarked;
