/** The bounds of every setting, checked before anything else happens. */
@NullMarked
package dev.berth.settings;

import org.jspecify.annotations.NullMarked;
