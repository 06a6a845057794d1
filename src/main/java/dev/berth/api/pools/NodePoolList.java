package dev.berth.api.pools;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** All node pools, by name. */
record NodePoolList(List<JsonNode> items) {}
