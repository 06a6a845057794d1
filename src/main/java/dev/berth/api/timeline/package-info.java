/** What happened to a tenant, newest first: steps, requests and what people did, to read. */
@NullMarked
package dev.berth.api.timeline;

import org.jspecify.annotations.NullMarked;
