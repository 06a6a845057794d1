/** What all commands share: the API that they ask, and what reaches a terminal and how. */
@NullMarked
package dev.berth.cli.terminal;

import org.jspecify.annotations.NullMarked;
