/** Programs that only tests run, built once from their Go modules and kept in the user's cache. */
@NullMarked
package dev.berth.local.tool;

import org.jspecify.annotations.NullMarked;
