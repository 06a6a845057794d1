/** The plans that are offered: files to a validated catalogue, read again whenever they change. */
@NullMarked
package dev.berth.catalogue;

import org.jspecify.annotations.NullMarked;
