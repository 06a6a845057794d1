package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.berth.tenant.condition.Reason;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The OpenAPI document is written by hand: it says what the code knows, and no more. */
class OpenApiDocumentTest {

  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  @Test
  void theDocumentHasEveryRouteOfTheApiAndNoOther() throws IOException {
    assertThat(documented()).isEqualTo(routes()).hasSizeGreaterThan(20);
  }

  private static Set<String> documented() throws IOException {
    Set<String> found = new TreeSet<>();
    member(document(), "paths")
        .forEach((path, operations) ->
            METHODS.stream()
                .filter(((Map<?, ?>) operations)::containsKey)
                .forEach(method -> found.add(method + " " + path)));
    return found;
  }

  @Test
  void callersMayAskForEveryReasonOfTheCode() throws IOException {
    Object reasons = member(document(), "components", "schemas", "KnownReason").get("enum");

    assertThat(reasons).isEqualTo(Arrays.stream(Reason.values()).map(Reason::name).toList());
  }

  private static Map<?, ?> document() throws IOException {
    try (InputStream file =
        OpenApiDocumentTest.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(file);
    }
  }

  private static Map<?, ?> member(Map<?, ?> of, String... names) {
    Map<?, ?> found = of;
    for (String name : names) {
      found = (Map<?, ?>) found.get(name);
    }
    return found;
  }

  private static Set<String> routes() {
    JavaClasses served =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.berth");
    return served.stream()
        .filter(it -> it.isAnnotatedWith(Path.class))
        .filter(it -> it.getAnnotationOfType(Path.class).value().startsWith("/api/"))
        .flatMap(OpenApiDocumentTest::routes)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> routes(JavaClass resource) {
    String base = resource.getAnnotationOfType(Path.class).value();
    return resource.getMethods().stream()
        .flatMap(it -> method(it).map(method -> method + " " + base + rest(it)));
  }

  private static Stream<String> method(JavaMethod method) {
    return method.getAnnotations().stream()
        .filter(it -> it.getRawType().isAnnotatedWith(HttpMethod.class))
        .map(it -> it.getRawType().getSimpleName().toLowerCase(Locale.ROOT));
  }

  private static String rest(JavaMethod method) {
    return method.tryGetAnnotationOfType(Path.class).map(it -> "/" + it.value()).orElse("");
  }
}
