package dev.berth.api.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of tenants.
 *
 * @param nextCursor asks for the next page; null on the last one
 */
record TenantPage(List<JsonNode> items, @Nullable String nextCursor) {}
