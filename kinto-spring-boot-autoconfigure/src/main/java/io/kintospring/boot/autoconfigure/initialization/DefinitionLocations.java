package io.kintospring.boot.autoconfigure.initialization;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.kintospring.boot.initialization.InvalidKintoDefinitionException;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.util.StringUtils;

/**
 * Locations of definition files, which can be patterns and optional.
 */
final class DefinitionLocations {

	private static final String OPTIONAL = "optional:";

	private final List<String> locations;

	private final ResourcePatternResolver resolver;

	DefinitionLocations(List<String> locations, ResourcePatternResolver resolver) {
		this.locations = locations;
		this.resolver = resolver;
	}

	/**
	 * Return the files that exist. Those of a pattern are sorted by their description.
	 * @return the files
	 * @throws InvalidKintoDefinitionException if a location that is not optional does not
	 * exist
	 */
	List<Resource> files() {
		List<Resource> files = new ArrayList<>();
		this.locations.stream().filter(StringUtils::hasText).map(String::strip).forEach((location) -> {
			boolean optional = location.startsWith(OPTIONAL);
			List<Resource> found = find(optional ? location.substring(OPTIONAL.length()) : location);
			if (found.isEmpty() && !optional) {
				throw new InvalidKintoDefinitionException(location,
						"no such file exists: create it, or correct kinto.initialization.locations. Start the location"
								+ " with 'optional:' if the file can be missing");
			}
			files.addAll(found);
		});
		return files;
	}

	private List<Resource> find(String location) {
		try {
			return Stream.of(this.resolver.getResources(location))
				.filter(Resource::exists)
				.sorted(Comparator.comparing(Resource::getDescription))
				.toList();
		}
		catch (FileNotFoundException ex) {
			// the folder of a pattern does not exist
			return List.of();
		}
		catch (IOException ex) {
			throw new InvalidKintoDefinitionException(location, "the location cannot be read: " + ex.getMessage());
		}
	}

}
