/**
 * Programs that only tests run, built once and kept in the user's cache: from their Go modules, and
 * the release before this one from the history.
 */
@NullMarked
package dev.berth.local.tool;

import org.jspecify.annotations.NullMarked;
