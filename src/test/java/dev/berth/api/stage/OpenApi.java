package dev.berth.api.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.restassured.response.Response;
import java.util.Map;

/** The served OpenAPI document, to hold answers against. */
public final class OpenApi {

  private static final String ID = "urn:berth:openapi";

  private final SchemaRegistry registry;

  private OpenApi(String json) {
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ID, json)));
  }

  public static OpenApi served() {
    return new OpenApi(Management.get("/q/openapi?format=json").asString());
  }

  /** Says that the answer's body is as the document's schema of that name tells. */
  public void assertValid(String schema, Response answer) {
    var found = registry.getSchema(SchemaLocation.of(ID + "#/components/schemas/" + schema));
    assertThat(found.validate(answer.asString(), InputFormat.JSON)).isEmpty();
  }
}
