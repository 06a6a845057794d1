/**
 * What people are told about a reason and a tenant: what it means, who must act and what comes
 * next. Events, REST, console and command line take their words from here.
 */
@NullMarked
package dev.berth.tenant.advice;

import org.jspecify.annotations.NullMarked;
