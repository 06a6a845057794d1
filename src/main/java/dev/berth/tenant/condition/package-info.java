/** The state of a tenant: conditions, their reasons, and the phase derived from them. Pure. */
@NullMarked
package dev.berth.tenant.condition;

import org.jspecify.annotations.NullMarked;
