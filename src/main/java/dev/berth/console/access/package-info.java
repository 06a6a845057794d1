/** Who may see the console, and how people sign in to it. */
@NullMarked
package dev.berth.console.access;

import org.jspecify.annotations.NullMarked;
