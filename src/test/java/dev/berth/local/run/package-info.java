/**
 * A whole run: parts, Berth beside them as jar or in live reload, and the commands a person types.
 */
@NullMarked
package dev.berth.local.run;

import org.jspecify.annotations.NullMarked;
