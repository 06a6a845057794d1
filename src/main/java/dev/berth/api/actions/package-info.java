/** What people do, over REST: how an action is asked for, taken and shown. */
@NullMarked
package dev.berth.api.actions;

import org.jspecify.annotations.NullMarked;
