/**
 * What people do to a tenant: what they can do, a page that asks whether it is meant, what they
 * did.
 */
@NullMarked
package dev.berth.console.actions;

import org.jspecify.annotations.NullMarked;
