package dev.berth.settings;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The settings as the interfaces of the sources declare them, read by the compiler's parser. */
final class SettingSources {

  private static final Path MAIN =
      Path.of(System.getProperty("basedir", "")).resolve("src/main/java");

  private final DocTrees comments;
  private final CompilationUnitTree unit;

  private SettingSources(DocTrees comments, CompilationUnitTree unit) {
    this.comments = comments;
    this.unit = unit;
  }

  /**
   * One of them.
   *
   * @param byDefault empty = none
   * @param meaning its Javadoc, as Markdown
   */
  record Declared(String key, Optional<String> byDefault, String meaning) {}

  static List<Declared> read() {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
      DocTrees comments = DocTrees.instance(task);
      return StreamSupport.stream(task.parse().spliterator(), false)
          .flatMap(unit -> new SettingSources(comments, unit).all())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The interfaces that the settings are read with. */
  static List<Class<?>> interfaces() {
    return sources().stream().<Class<?>>map(SettingSources::loaded).toList();
  }

  private static Class<?> loaded(Path source) {
    String name = MAIN.relativize(source).toString().replaceAll("\\.java$", "").replace('/', '.');
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> sources() {
    try (Stream<Path> sources = Files.walk(MAIN)) {
      return sources.filter(source -> source.toString().endsWith("Config.java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<Declared> all() {
    return unit.getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .map(ClassTree.class::cast)
        .flatMap(type ->
            argument(type.getModifiers(), "ConfigMapping").stream()
                .flatMap(prefix -> of(type, prefix, type)));
  }

  private Stream<Declared> of(ClassTree type, String prefix, ClassTree outermost) {
    return type.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .flatMap(method -> {
          String key = prefix + "." + kebab(method.getName().toString());
          String result = method.getReturnType().toString();
          return group(outermost, result)
              .map(group -> of(group, key, outermost))
              .orElseGet(() -> Stream.of(declared(method, key)));
        });
  }

  private static Optional<ClassTree> group(ClassTree outermost, String name) {
    return outermost.getMembers().stream()
        .filter(member -> member.getKind() == Tree.Kind.INTERFACE)
        .map(ClassTree.class::cast)
        .filter(member -> member.getSimpleName().contentEquals(name))
        .findFirst();
  }

  private Declared declared(MethodTree method, String key) {
    boolean map = method.getReturnType().toString().startsWith("Map<");
    DocCommentTree comment = comments.getDocCommentTree(TreePath.getPath(unit, method));
    return new Declared(
        map ? key + ".\"<from>\"" : key,
        argument(method.getModifiers(), "WithDefault"),
        comment == null ? "" : markdown(comment.getFullBody()));
  }

  private static Optional<String> argument(ModifiersTree modifiers, String annotation) {
    return modifiers.getAnnotations().stream()
        .filter(a -> a.getAnnotationType().toString().equals(annotation))
        .map(AnnotationTree::getArguments)
        .map(arguments -> text(arguments.get(0)))
        .findFirst();
  }

  private static String text(ExpressionTree argument) {
    ExpressionTree value =
        argument instanceof AssignmentTree named ? named.getExpression() : argument;
    return ((LiteralTree) value).getValue().toString();
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String markdown(List<? extends DocTree> body) {
    StringBuilder markdown = new StringBuilder();
    String address = "";
    for (DocTree part : body) {
      switch (part.getKind()) {
        case CODE ->
            markdown
                .append('`')
                .append(((com.sun.source.doctree.LiteralTree) part).getBody().getBody().strip())
                .append('`');
        case START_ELEMENT -> {
          address = address((StartElementTree) part);
          markdown.append('[');
        }
        case END_ELEMENT -> markdown.append("](").append(address).append(')');
        default -> markdown.append(part);
      }
    }
    return markdown.toString().replaceAll("\\s+", " ").strip();
  }

  private static String address(StartElementTree link) {
    AttributeTree address = (AttributeTree) link.getAttributes().get(0);
    return address.getValue().get(0).toString();
  }
}
