/** All tenants at a glance, to read. */
@NullMarked
package dev.berth.api.fleet;

import org.jspecify.annotations.NullMarked;
