/**
 * Works on due tenants: claim, plan, execute, record. The order of these steps is what crash safety
 * rests on; nobody outside calls in.
 */
@NullMarked
package dev.berth.provisioning.work;

import org.jspecify.annotations.NullMarked;
