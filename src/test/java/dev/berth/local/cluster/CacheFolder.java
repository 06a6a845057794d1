package dev.berth.local.cluster;

import dev.berth.local.process.Folders;
import dev.berth.local.process.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The cache of one version: filled by one process at a time, and whole or absent at every moment.
 */
final class CacheFolder {
  private final Path folder;
  private final Progress progress;

  CacheFolder(Path folder, Progress progress) {
    this.folder = folder;
    this.progress = progress;
  }

  Path fill(Consumer<Path> producer) {
    Path lock = folder.resolveSibling(folder.getFileName() + ".lock");
    try {
      Files.createDirectories(folder.getParent());
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = wait(channel)) {
        if (!KubernetesBinaries.missingIn(folder).isEmpty()) {
          produce(producer);
        }
        return folder;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the cache " + folder, e);
    }
  }

  private FileLock wait(FileChannel channel) throws IOException {
    FileLock free = channel.tryLock();
    if (free != null) {
      return free;
    }
    progress.say(
        "Kubernetes: another run fills %s, waiting for it (up to 6 min)".formatted(folder));
    return channel.lock();
  }

  private void produce(Consumer<Path> producer) throws IOException {
    Path draft = Files.createTempDirectory(folder.getParent(), ".draft-");
    try {
      producer.accept(draft);
      Files.createDirectories(folder);
      for (String program : KubernetesBinaries.PROGRAMS) {
        Path file = draft.resolve(program);
        file.toFile().setExecutable(true);
        Files.move(file, folder.resolve(program), StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      Folders.delete(draft);
    }
  }
}
