package dev.berth.cli.terminal;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one way out for all commands: what others wrote reaches a terminal without anything that it
 * obeys, or that makes a text look like another. Lines and tabs pass.
 */
public final class Terminal extends FilterWriter {

  private static final Pattern UNSAFE =
      Pattern.compile("\r(?!\n)|[\\p{C}\\p{Zl}\\p{Zp}&&[^\r\n\t]]");

  private Terminal(PrintWriter out) {
    super(out);
  }

  public static PrintWriter to(PrintWriter out) {
    return new PrintWriter(new Terminal(out), true);
  }

  /** Whether all of the text would pass as it is. */
  static boolean isSafe(String text) {
    return !UNSAFE.matcher(text).find();
  }

  /** The same document, safe: what would not pass can only be within its strings. */
  static String escaped(String json) {
    return UNSAFE
        .matcher(json)
        .replaceAll(unsafe ->
            unsafe.group().chars().mapToObj("\\\\u%04x"::formatted).collect(Collectors.joining()));
  }

  @Override
  public void write(int character) throws IOException {
    write(Character.toString(character));
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    write(new String(text, from, length));
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    String part = text.substring(from, from + length);
    out.write(UNSAFE.matcher(part).replaceAll("\uFFFD"));
  }
}
