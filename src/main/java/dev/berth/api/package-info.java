/** The REST API: who may call it, and what its rooms share. */
@NullMarked
package dev.berth.api;

import org.jspecify.annotations.NullMarked;
