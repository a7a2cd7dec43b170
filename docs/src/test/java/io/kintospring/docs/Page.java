package io.kintospring.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A page of the documentation.
 */
record Page(Path path, Node document) {

	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create())).build();

	static Page named(String name) {
		return of(ROOT.resolve("docs").resolve(name));
	}

	static Page of(Path path) {
		try {
			return new Page(path, PARSER.parse(Files.readString(path)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Stream<Page> all() {
		try (Stream<Path> root = Files.list(ROOT); Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream.concat(root, docs)
				.filter((path) -> path.toString().endsWith(".md"))
				.map(Page::of)
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> links() {
		List<String> links = new ArrayList<>();
		visit((node) -> {
			if (node instanceof Link link) {
				links.add(link.getDestination());
			}
			else if (node instanceof Image image) {
				links.add(image.getDestination());
			}
		});
		return links;
	}

	List<String> anchors() {
		List<String> anchors = new ArrayList<>();
		visit((node) -> {
			if (node instanceof Heading) {
				anchors.add(text(node).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
			}
		});
		return anchors;
	}

	List<String> code(String language) {
		List<String> code = new ArrayList<>();
		visit((node) -> {
			if (node instanceof FencedCodeBlock block && block.getInfo().equals(language)) {
				code.add(block.getLiteral());
			}
		});
		return code;
	}

	/**
	 * Return the lines of the block of properties that has one of the given name.
	 */
	String[] properties(String name) {
		return code("properties").stream()
			.filter((block) -> block.contains(name + "="))
			.findFirst()
			.orElseThrow()
			.lines()
			.toArray(String[]::new);
	}

	/**
	 * Return the cells of all tables' rows, as text.
	 */
	List<List<String>> rows() {
		List<List<String>> rows = new ArrayList<>();
		visit((node) -> {
			if (node instanceof TableRow) {
				List<String> cells = new ArrayList<>();
				for (Node cell = node.getFirstChild(); cell != null; cell = cell.getNext()) {
					if (cell instanceof TableCell) {
						cells.add(text(cell));
					}
				}
				rows.add(cells);
			}
		});
		return rows;
	}

	private void visit(Consumer<Node> consumer) {
		visit(this.document, consumer);
	}

	private static void visit(Node node, Consumer<Node> consumer) {
		consumer.accept(node);
		for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
			visit(child, consumer);
		}
	}

	private static String text(Node node) {
		StringBuilder text = new StringBuilder();
		visit(node, (child) -> {
			if (child instanceof Text literal) {
				text.append(literal.getLiteral());
			}
			else if (child instanceof Code code) {
				text.append(code.getLiteral());
			}
			else if (child instanceof SoftLineBreak) {
				text.append(' ');
			}
		});
		return text.toString();
	}

	@Override
	public String toString() {
		return ROOT.relativize(this.path).toString();
	}

}
