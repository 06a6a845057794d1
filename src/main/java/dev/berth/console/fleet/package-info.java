/** All tenants at a glance, those first that need a person. */
@NullMarked
package dev.berth.console.fleet;

import org.jspecify.annotations.NullMarked;
