/** Tenants, filtered, and one of them with all that is known of it. */
@NullMarked
package dev.berth.console.tenants;

import org.jspecify.annotations.NullMarked;
