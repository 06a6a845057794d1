/** Finds tenants by what operators ask about them, page by page. Reads only. */
@NullMarked
package dev.berth.store.search;

import org.jspecify.annotations.NullMarked;
