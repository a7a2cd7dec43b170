package io.kintospring.boot.aot;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.kintospring.boot.autoconfigure.KintoConnectionDetails;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;

/**
 * Runner for an application that reports its beans as text. Other class loaders can read
 * the text.
 */
public final class Report {

	private static String text = "";

	private Report() {
	}

	static void run(Class<?> application, String[] arguments) {
		run(application, arguments, Report::describe);
	}

	static void run(Class<?> application, String[] arguments,
			Function<ConfigurableApplicationContext, String> description) {
		SpringApplication springApplication = new SpringApplication(application);
		springApplication.setRegisterShutdownHook(false);
		springApplication.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = springApplication.run(arguments)) {
			text = description.apply(context);
		}
	}

	private static String describe(ConfigurableApplicationContext context) {
		String injected = context.getBeanProvider(Injected.class)
			.stream()
			.map((bean) -> ", injected=" + bean.servers())
			.collect(Collectors.joining());
		return "processed=%s, embedded=%s, details=%s, blocking=%s, reactive=%s%s".formatted(
				!context.containsBeanDefinition(AnnotationConfigUtils.CONFIGURATION_ANNOTATION_PROCESSOR_BEAN_NAME),
				context.containsBean("embeddedKintoServer"),
				context.getBeanProvider(KintoConnectionDetails.class)
					.stream()
					.map((details) -> details.getClass().getSimpleName())
					.toList(),
				context.getBeanProvider(KintoTemplate.class).stream().map(KintoTemplate::server).toList(),
				context.getBeanProvider(ReactiveKintoTemplate.class)
					.stream()
					.map(ReactiveKintoTemplate::server)
					.toList(),
				injected);
	}

	public static String text() {
		return text;
	}

	/**
	 * Servers of the templates that were injected into a bean.
	 *
	 * @param servers the URLs of the servers
	 */
	record Injected(List<String> servers) {
	}

}
