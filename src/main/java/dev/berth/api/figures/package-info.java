/** What takes all tenants to read: kept for a moment, so that it does not matter how many ask. */
@NullMarked
package dev.berth.api.figures;

import org.jspecify.annotations.NullMarked;
