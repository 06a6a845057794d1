package dev.berth.kubernetes.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Equal for two policies or bindings that say the same, whatever the API server has added. */
final class PolicyFingerprint {

  private static final ObjectMapper SORTED =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private PolicyFingerprint() {}

  static String of(PolicyObject object) {
    try {
      byte[] content = SORTED.writeValueAsBytes(bare("", object.content()));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(object + " is not JSON", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static @Nullable Object bare(String place, @Nullable Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(item -> bare(place + "[]", item)).toList();
    }
    if (!(value instanceof Map<?, ?> fields)) {
      return value;
    }
    Map<String, @Nullable Object> bare = new TreeMap<>();
    fields.forEach((name, field) -> {
      String inner = place.isEmpty() ? name.toString() : place + "." + name;
      if (!PolicyDifference.isByTheServer(inner, field)) {
        bare.put(name.toString(), bare(inner, field));
      }
    });
    return bare;
  }
}
