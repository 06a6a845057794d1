/** Tenants and their isolation reports, to read. */
@NullMarked
package dev.berth.api.tenants;

import org.jspecify.annotations.NullMarked;
