/** Finds tenants by what operators ask about them. Reads only. */
@NullMarked
package dev.berth.store.search;

import org.jspecify.annotations.NullMarked;
