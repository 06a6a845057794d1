/** What the bridge to AWS SBT makes of requests, and what it answers. */
package dev.berth.bridge;
