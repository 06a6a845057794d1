package dev.berth.catalogue;

import dev.berth.catalogue.document.YamlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that plans are read from: a directory, or the samples that ship with Berth. */
final class PlanFiles {

  private static final List<String> SAMPLES = List.of("enterprise", "starter", "team");

  private final @Nullable Path directory;

  PlanFiles(@Nullable Path directory) {
    this.directory = directory;
  }

  List<PlanFile> read() throws IOException {
    return directory == null ? samples() : read(directory);
  }

  /** For messages. */
  String where() {
    return directory == null ? "the sample plans" : directory.toAbsolutePath().toString();
  }

  private static List<PlanFile> read(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> listed = Files.list(directory)) {
      paths = listed.filter(PlanFiles::holdsPlans).sorted().toList();
    }
    List<PlanFile> files = new ArrayList<>();
    for (Path path : paths) {
      try (InputStream in = Files.newInputStream(path)) {
        files.add(new PlanFile(path.toString(), in.readNBytes(YamlFile.MAX_BYTES + 1)));
      }
    }
    return files;
  }

  /** Follows links: the files of a mounted ConfigMap are links. */
  private static boolean holdsPlans(Path path) {
    String name = path.getFileName().toString();
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml"))
        && Files.isRegularFile(path);
  }

  private static List<PlanFile> samples() throws IOException {
    List<PlanFile> files = new ArrayList<>();
    for (String sample : SAMPLES) {
      String name = "plans/" + sample + ".yaml";
      try (InputStream in = PlanFiles.class.getResourceAsStream("/" + name)) {
        if (in == null) {
          throw new IOException("this build of Berth lacks its sample plan " + name);
        }
        files.add(new PlanFile(name, in.readAllBytes()));
      }
    }
    return files;
  }
}
