package dev.berth.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar that this is in. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"berth " + (version == null ? "(not packaged)" : version)};
  }
}
