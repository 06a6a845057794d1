/**
 * The console: pages for people, written by the server from the same services as the REST API. What
 * all pages share; each screen has a room of its own.
 */
@NullMarked
package dev.berth.console;

import org.jspecify.annotations.NullMarked;
