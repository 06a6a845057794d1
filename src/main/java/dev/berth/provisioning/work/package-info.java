/**
 * Works on due tenants: claim, plan, execute, record. Crash safety depends on the order of these
 * steps; nothing outside calls in but the observation room, which plans as this one does.
 */
@NullMarked
package dev.berth.provisioning.work;

import org.jspecify.annotations.NullMarked;
