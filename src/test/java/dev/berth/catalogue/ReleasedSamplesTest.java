package dev.berth.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.CatalogueReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Databases have released the samples already: another hash of one under the same version ends the
 * start of every Berth that is upgraded.
 */
class ReleasedSamplesTest {

  @ParameterizedTest
  @CsvSource({
    "src/main/resources/plans/enterprise, 4ed409d4847b7bce41d134d318647bf31147c5a2025447c7369a543cda1fb67d",
    "src/main/resources/plans/starter, db15941ec4051df2e38c46d1f1f4f36a863d2805797d301c689c9ee9477d90fd",
    "src/main/resources/plans/team, bd0b44c36e459fd920323e2bcd5b923b9ad6dd30de4fdb36e9bef7b312fb2456",
    "k8s/deployment/plans/enterprise, 488fd957eb0ef4952b409576381fec92796e62a1bf6c1c21aa64d939c86f87e7",
    "k8s/deployment/plans/starter, 9bbab96cc11ac032e8253c28bff74df6cecf4e1e8159816f910c3cede01192e5",
    "k8s/deployment/plans/team, e65401c07c79dd3c093fba9ae339529ce7b54cba97823668d46b295f95b109a7"
  })
  void whatWasReleasedKeepsItsHash(String plan, String sha256) throws IOException {
    Reading reading = Plans.read(Files.readString(Path.of(plan + ".yaml")));

    assertThat(((Reading.Usable) reading).catalogue().releases())
        .singleElement()
        .extracting(Catalogue.Release::sha256)
        .isEqualTo(sha256);
  }
}
