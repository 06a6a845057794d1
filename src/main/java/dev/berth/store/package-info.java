/**
 * PostgreSQL: what all rooms below share, such as JSON, signals and settings, and what belongs to
 * the installation as a whole.
 */
@NullMarked
package dev.berth.store;

import org.jspecify.annotations.NullMarked;
