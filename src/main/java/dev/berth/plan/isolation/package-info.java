/** What is attempted against an opened tenant, and what each answer means. Pure. */
@NullMarked
package dev.berth.plan.isolation;

import org.jspecify.annotations.NullMarked;
