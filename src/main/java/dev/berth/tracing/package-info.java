/**
 * Spans: when Berth did what for an event, for whoever follows its trace through several services.
 * What is told here is told elsewhere too; nothing depends on it.
 */
@NullMarked
package dev.berth.tracing;

import org.jspecify.annotations.NullMarked;
