/** One plan document: YAML to a plan, all errors with line and field. */
@NullMarked
package dev.berth.catalogue.document;

import org.jspecify.annotations.NullMarked;
