package dev.berth.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Scanner;

/** Who runs a command, and may be asked. */
public final class Person {

  private final InputStream in;

  public Person(InputStream in) {
    this.in = in;
  }

  /** Whether that one says yes; who cannot be asked does not. */
  public boolean confirms(PrintWriter err, String question) {
    err.print(question + " [y/N] ");
    err.flush();
    Scanner answers = new Scanner(in, UTF_8);
    return answers.hasNextLine() && answers.nextLine().strip().equalsIgnoreCase("y");
  }
}
