package dev.berth.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Sizes of the main sources. {@code java src/test/java/dev/berth/architecture/Measures.java} prints
 * them; {@link MeasuresTest} holds them within bounds. Lines are those of code: no comments,
 * imports, package lines or blank ones.
 *
 * @param lines of each file
 * @param methods lines of each method, by file and name
 * @param wide records and methods with more than seven components or parameters
 * @param positional calls with six arguments or more, where the place alone says what one means
 * @param filesPerPackage by package
 * @param duplicates passages of main files that are the same to the letter
 */
record Measures(
    Map<String, Integer> lines,
    Map<String, Integer> methods,
    List<String> wide,
    List<String> positional,
    Map<String, Integer> filesPerPackage,
    List<String> duplicates) {

  static final int LONG_METHOD = 30;
  private static final int MOST_PARAMETERS = 7;
  private static final int MANY_ARGUMENTS = 6;
  private static final int PASSAGE = 8;

  /** Of any number of arguments, all of one meaning or named by what stands before them. */
  private static final Set<String> LISTS =
      Set.of(
          "concat",
          "counter",
          "format",
          "formatted",
          "of",
          "ofEntries",
          "infof",
          "warnf",
          "errorf",
          "serviceLevelObjectives");

  public static void main(String[] args) throws IOException {
    Measures measures = of(Path.of("src/main/java"));
    System.out.print(measures.table());
    if (args.length > 0) {
      measures.positional.forEach(System.out::println);
      measures.wide.forEach(System.out::println);
      measures.duplicates.forEach(System.out::println);
    }
  }

  static Measures of(Path sources) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    Reading reading = new Reading(sources.toAbsolutePath());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        reading.read(unit, positions);
      }
    }
    return reading.measures();
  }

  int total() {
    return lines.values().stream().mapToInt(Integer::intValue).sum();
  }

  int ninetiethLines() {
    List<Integer> sorted = lines.values().stream().sorted().toList();
    return sorted.get((int) Math.ceil(sorted.size() * 0.9) - 1);
  }

  int mostLines() {
    return lines.values().stream().max(Integer::compare).orElse(0);
  }

  int mostFiles() {
    return filesPerPackage.values().stream().max(Integer::compare).orElse(0);
  }

  double percentOfLongMethods() {
    long longOnes = methods.values().stream().filter(it -> it > LONG_METHOD).count();
    return 100.0 * longOnes / methods.size();
  }

  double positionalPerThousandLines() {
    return 1_000.0 * positional.size() / total();
  }

  String table() {
    return """
    files %d, lines of code %d
    files per package, at most        %6d
    lines per file, nine of ten       %6d
    lines per file, at most           %6d
    methods above %d lines, %%        %6.2f
    wide records and methods          %6d
    calls by position per 1,000 lines %6.2f
    passages that stand twice         %6d
    """
        .formatted(
            lines.size(),
            total(),
            mostFiles(),
            ninetiethLines(),
            mostLines(),
            LONG_METHOD,
            percentOfLongMethods(),
            wide.size(),
            positionalPerThousandLines(),
            duplicates.size());
  }

  private static final class Reading {
    private final Path sources;
    private final Map<String, Integer> lines = new TreeMap<>();
    private final Map<String, Integer> methods = new TreeMap<>();
    private final List<String> wide = new ArrayList<>();
    private final List<String> positional = new ArrayList<>();
    private final Map<String, Integer> filesPerPackage = new TreeMap<>();
    private final Map<String, String> passages = new HashMap<>();
    private final Set<String> duplicates = new HashSet<>();

    Reading(Path sources) {
      this.sources = sources;
    }

    Measures measures() {
      return new Measures(
          lines, methods, wide, positional, filesPerPackage, duplicates.stream().sorted().toList());
    }

    void read(CompilationUnitTree unit, SourcePositions positions) throws IOException {
      String file = sources.relativize(Path.of(unit.getSourceFile().toUri())).toString();
      String text = unit.getSourceFile().getCharContent(true).toString();
      List<String> code = code(text);
      lines.put(file, code.size());
      filesPerPackage.merge(String.valueOf(unit.getPackageName()), 1, Integer::sum);
      remember(file, code);
      unit.accept(new Calls(file, text, unit, positions), null);
    }

    private void remember(String file, List<String> code) {
      for (int i = 0; i + PASSAGE <= code.size(); i++) {
        String passage = String.join("\n", code.subList(i, i + PASSAGE));
        String before = passages.putIfAbsent(passage, file);
        if (before != null && !before.equals(file)) {
          duplicates.add(before + " and " + file + ": " + code.get(i));
        }
      }
    }

    private static List<String> code(String text) {
      return text.replaceAll("(?s)/\\*.*?\\*/", "")
          .lines()
          .map(line -> line.replaceFirst("^\\s*//.*", "").strip())
          .filter(line -> !line.isEmpty())
          .filter(line -> !line.startsWith("import ") && !line.startsWith("package "))
          .toList();
    }

    private final class Calls extends TreeScanner<Void, Void> {
      private final String file;
      private final String text;
      private final CompilationUnitTree unit;
      private final SourcePositions positions;

      Calls(String file, String text, CompilationUnitTree unit, SourcePositions positions) {
        this.file = file;
        this.text = text;
        this.unit = unit;
        this.positions = positions;
      }

      @Override
      public Void visitClass(ClassTree tree, Void unused) {
        long components =
            tree.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(Tree::toString)
                .filter(member -> tree.getKind() == Tree.Kind.RECORD && !member.contains("static"))
                .count();
        note(tree, components, "record " + tree.getSimpleName());
        return super.visitClass(tree, unused);
      }

      @Override
      public Void visitMethod(MethodTree tree, Void unused) {
        if (!tree.getName().contentEquals("<init>")) { // of a record: its components
          note(tree, tree.getParameters().size(), "method " + tree.getName());
        }
        int from = (int) positions.getStartPosition(unit, tree);
        int to = (int) positions.getEndPosition(unit, tree);
        if (from >= 0 && to > from && tree.getBody() != null) {
          methods.put(
              file + " " + tree.getName() + " " + from, code(text.substring(from, to)).size());
        }
        return super.visitMethod(tree, unused);
      }

      @Override
      public Void visitNewClass(NewClassTree tree, Void unused) {
        count(tree.getArguments(), tree, "new " + tree.getIdentifier());
        return super.visitNewClass(tree, unused);
      }

      @Override
      public Void visitMethodInvocation(MethodInvocationTree tree, Void unused) {
        String name = tree.getMethodSelect().toString();
        if (!LISTS.contains(name.substring(name.lastIndexOf('.') + 1))) {
          count(tree.getArguments(), tree, name.lines().findFirst().orElse(""));
        }
        return super.visitMethodInvocation(tree, unused);
      }

      private void note(Tree tree, long number, String what) {
        if (number > MOST_PARAMETERS) {
          wide.add("%s has %d parts (%s)".formatted(what, number, place(tree)));
        }
      }

      private void count(List<? extends ExpressionTree> arguments, Tree tree, String what) {
        if (arguments.size() >= MANY_ARGUMENTS) {
          positional.add(
              "%s with %d arguments (%s)".formatted(what, arguments.size(), place(tree)));
        }
      }

      private String place(Tree tree) {
        return file + ":" + unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
      }
    }
  }
}
