package io.kintospring.boot.autoconfigure.initialization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kintospring.KintoUrl;
import io.kintospring.boot.autoconfigure.embedded.EmbeddedKintoConnectionDetails;
import io.kintospring.boot.initialization.KintoChange;
import io.kintospring.boot.initialization.KintoDefinition;
import io.kintospring.boot.initialization.KintoDefinitionReader;
import io.kintospring.boot.initialization.KintoInitializer;
import io.kintospring.template.KintoOperations;
import io.kintospring.template.KintoTemplate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Initialization of the server when the application starts, before it accepts requests.
 * The definitions come from the files of {@code kinto.initialization.locations}, followed
 * by all {@link KintoDefinition} beans in their order.
 * <p>
 * A bean that uses Kinto while it is created must depend on this bean, with
 * {@code @DependsOn("kintoInitialization")}.
 */
public final class KintoInitialization implements InitializingBean {

	private static final Log logger = LogFactory.getLog(KintoInitialization.class);

	private final KintoInitializationProperties properties;

	private final DefinitionLocations locations;

	private final ListableBeanFactory beanFactory;

	KintoInitialization(KintoInitializationProperties properties, DefinitionLocations locations,
			ListableBeanFactory beanFactory) {
		this.properties = properties;
		this.locations = locations;
		this.beanFactory = beanFactory;
	}

	@Override
	public void afterPropertiesSet() {
		run();
	}

	/**
	 * Initialize the server again, such as after a test removed everything. Does nothing
	 * if {@code kinto.initialize} excludes the server.
	 */
	public void run() {
		if (!isWanted()) {
			return;
		}
		List<KintoDefinition> definitions = definitions();
		if (definitions.isEmpty()) {
			return;
		}
		KintoOperations kinto = this.beanFactory.getBeanProvider(KintoOperations.class).getObject();
		if (this.properties.getInitialize() == KintoInitializationMode.EMBEDDED && !isEmbedded(kinto)) {
			return;
		}
		KintoInitializer initializer = new KintoInitializer(kinto)
			.replacePrincipals(this.properties.getInitialization().isReplacePrincipals());
		for (KintoDefinition definition : definitions) {
			initialize(initializer, definition);
		}
	}

	/**
	 * Look at the type of the connection details only, so that an embedded server with
	 * nothing to initialize is not started early.
	 */
	private boolean isWanted() {
		return switch (this.properties.getInitialize()) {
			case ALWAYS -> true;
			case NEVER -> false;
			case EMBEDDED -> {
				String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory,
						EmbeddedKintoConnectionDetails.class, true, false);
				yield names.length > 0;
			}
		};
	}

	/**
	 * Return whether the template uses an embedded server. A template that the
	 * application defines can use another server, although there is an embedded one.
	 */
	private boolean isEmbedded(KintoOperations kinto) {
		return kinto instanceof KintoTemplate template && BeanFactoryUtils
			.beansOfTypeIncludingAncestors(this.beanFactory, EmbeddedKintoConnectionDetails.class)
			.values()
			.stream()
			.anyMatch((details) -> KintoUrl.of(details.getUrl()).toString().equals(template.server()));
	}

	private List<KintoDefinition> definitions() {
		List<KintoDefinition> definitions = new ArrayList<>();
		this.locations.files().forEach((file) -> definitions.add(KintoDefinitionReader.read(file)));
		Map<String, KintoDefinition> beans = this.beanFactory.getBeansOfType(KintoDefinition.class);
		this.beanFactory.getBeanProvider(KintoDefinition.class)
			.orderedStream()
			.map((definition) -> named(definition, beans))
			.forEach(definitions::add);
		return definitions;
	}

	private static KintoDefinition named(KintoDefinition definition, Map<String, KintoDefinition> beans) {
		return beans.entrySet()
			.stream()
			.filter((bean) -> bean.getValue() == definition)
			.findFirst()
			.map((bean) -> definition.source("bean '" + bean.getKey() + "'"))
			.orElse(definition);
	}

	private void initialize(KintoInitializer initializer, KintoDefinition definition) {
		if (this.properties.getInitialization().isDryRun()) {
			initializer.plan(definition)
				.forEach((change) -> logger.info("Dry run of the Kinto initialization: would " + change));
		}
		else {
			List<KintoChange> changes = initializer.apply(definition);
			changes.forEach((change) -> logger.debug("Kinto initialization: " + change));
			if (!changes.isEmpty()) {
				long created = changes.stream().filter(KintoChange::created).count();
				logger.info("Initialized Kinto from " + definition.source() + ": created " + created + " and changed "
						+ (changes.size() - created) + " objects");
			}
		}
	}

}
