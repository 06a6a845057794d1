/** REST. */
@NullMarked
package dev.berth.api;

import org.jspecify.annotations.NullMarked;
