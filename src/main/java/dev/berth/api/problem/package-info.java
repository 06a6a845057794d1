/** What is wrong with a request, or with Berth, as problem documents (RFC 9457). */
@NullMarked
package dev.berth.api.problem;

import org.jspecify.annotations.NullMarked;
