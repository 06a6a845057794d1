package dev.berth.azure;

import com.azure.core.management.exception.ManagementError;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What an answer complains of: flat by AKS, wrapped by the Resource Manager in front of it. */
final class ErrorBody {

  private ErrorBody() {}

  /** Null = it has no code. */
  static @Nullable ManagementError parse(JsonNode body) {
    JsonNode error = body.path("error").isObject() ? body.path("error") : body;
    if (!error.path("code").isTextual()) {
      return null;
    }
    try (JsonReader reader = JsonProviders.createReader(error.toString())) {
      return ManagementError.fromJson(reader);
    } catch (IOException e) {
      return null;
    }
  }
}
