/** What a release contains: its bill of materials and the licences of its parts. */
@NullMarked
package dev.berth.shipped;

import org.jspecify.annotations.NullMarked;
