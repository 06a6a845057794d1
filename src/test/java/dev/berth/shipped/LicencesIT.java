package dev.berth.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.shipped.BillOfMaterials.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The package as it was built: {@code -Dgolden.update=true} writes docs/licences.md. */
class LicencesIT {
  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
  private static final Path PACKAGE = PROJECT.resolve("target/quarkus-app");
  private static final Path PAGE = PROJECT.resolve("docs/licences.md");

  /** A product may contain what is under them, without becoming open source itself. */
  private static final Set<String> PERMITTED =
      Set.of(
          "0BSD",
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "CC0-1.0",
          "EPL-2.0",
          "MIT",
          "MIT-0",
          "Public Domain");

  private final BillOfMaterials bill =
      BillOfMaterials.of(PROJECT.resolve("target/quarkus-run-cyclonedx.json"));

  @Test
  void everyJarOfThePackageIsInTheBillOfMaterials() throws IOException {
    Set<String> listed = bill.parts().stream().map(Part::file).collect(Collectors.toSet());
    assertThat(libraries()).hasSizeGreaterThan(100).isSubsetOf(listed);
  }

  @Test
  void everyLibraryHasALicenceThatAProductMayContain() throws IOException {
    List<String> libraries = libraries();
    assertThat(bill.parts())
        .filteredOn(part -> libraries.contains(part.file()))
        .allSatisfy(
            part -> assertThat(part.licences()).as(part.name()).containsAnyElementsOf(PERMITTED));
  }

  @Test
  void thePageOfLicencesIsCurrent() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).hasContent(page());
  }

  private static List<String> libraries() throws IOException {
    try (Stream<Path> files = Files.walk(PACKAGE.resolve("lib"))) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .map(file -> PACKAGE.relativize(file).toString())
          .toList();
    }
  }

  private String page() throws IOException {
    List<String> libraries = libraries();
    Map<String, List<String>> byLicence =
        bill.parts().stream()
            .filter(part -> libraries.contains(part.file()))
            .collect(
                Collectors.groupingBy(
                    part -> String.join(" or ", part.licences()),
                    TreeMap::new,
                    Collectors.mapping(LicencesIT::line, Collectors.toList())));
    return byLicence.entrySet().stream()
        .map(entry ->
            "\n## %s\n\n%s\n"
                .formatted(
                    entry.getKey(),
                    entry.getValue().stream()
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining("\n"))))
        .collect(
            Collectors.joining(
                "",
                "# Licences\n\nOf the libraries in Berth's package and image. Written by the build from its bill of materials.\n",
                ""));
  }

  /** The same on every platform: native code is a library for each. */
  private static String line(Part part) {
    return "- %s %s".formatted(part.name().replaceFirst(":native-.*", ":native-*"), part.version());
  }
}
