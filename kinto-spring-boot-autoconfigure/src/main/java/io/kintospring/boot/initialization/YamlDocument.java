package io.kintospring.boot.initialization;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reader of a YAML document with the types of JSON. Only this class uses SnakeYAML, which
 * is an optional dependency.
 */
final class YamlDocument {

	private YamlDocument() {
	}

	/**
	 * Read a document.
	 * @param source describes the document, for messages
	 * @param stream the document
	 * @return the document, or {@code null} if it is empty
	 * @throws InvalidKintoDefinitionException if it is not a valid YAML document
	 */
	static @Nullable Object read(String source, InputStream stream) throws IOException {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		options.setCodePointLimit(Integer.MAX_VALUE);
		options.setMaxAliasesForCollections(Integer.MAX_VALUE);
		DumperOptions dumperOptions = new DumperOptions();
		Yaml yaml = new Yaml(new SafeConstructor(options), new Representer(dumperOptions), dumperOptions, options,
				new JsonTypes());
		try (UnicodeReader reader = new UnicodeReader(stream)) {
			return yaml.load(reader);
		}
		catch (MarkedYAMLException ex) {
			// the message of the exception quotes the document
			throw new InvalidKintoDefinitionException(source,
					"malformed YAML" + place(ex.getProblemMark()) + ": " + ex.getProblem());
		}
		catch (YAMLException ex) {
			throw new InvalidKintoDefinitionException(source, "malformed YAML: " + ex.getMessage());
		}
	}

	private static String place(@Nullable Mark mark) {
		return (mark != null) ? " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) : "";
	}

	/**
	 * Resolver for the scalars that JSON has. All others are text, such as dates,
	 * {@code yes} and {@code 12:30}, for which YAML 1.1 has types.
	 */
	private static final class JsonTypes extends Resolver {

		private static final Pattern TRUE_OR_FALSE = Pattern.compile("true|True|TRUE|false|False|FALSE");

		private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]*)");

		private static final Pattern DECIMAL = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

		@Override
		protected void addImplicitResolvers() {
			addImplicitResolver(Tag.BOOL, TRUE_OR_FALSE, "tTfF");
			addImplicitResolver(Tag.INT, INTEGER, "-0123456789");
			addImplicitResolver(Tag.FLOAT, DECIMAL, "-0123456789");
			addImplicitResolver(Tag.MERGE, MERGE, "<");
			addImplicitResolver(Tag.NULL, NULL, "~nN\0");
			addImplicitResolver(Tag.NULL, EMPTY, null);
		}

	}

}
