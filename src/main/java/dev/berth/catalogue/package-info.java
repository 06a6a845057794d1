/** YAML documents to validated plans, all errors with line and field. */
@NullMarked
package dev.berth.catalogue;

import org.jspecify.annotations.NullMarked;
