/**
 * The command line: asks the REST API, and checks events without one. A program of its own within
 * the jar, which starts nothing of the service.
 */
@NullMarked
package dev.berth.cli;

import org.jspecify.annotations.NullMarked;
