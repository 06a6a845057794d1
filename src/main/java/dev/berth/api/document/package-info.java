/** What the OpenAPI document says holds: no call gets past it. */
@NullMarked
package dev.berth.api.document;

import org.jspecify.annotations.NullMarked;
