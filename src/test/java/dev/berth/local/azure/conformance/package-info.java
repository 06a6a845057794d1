/** Holds the double against what is known of Azure: raw requests, and a second official client. */
@NullMarked
package dev.berth.local.azure.conformance;

import org.jspecify.annotations.NullMarked;
