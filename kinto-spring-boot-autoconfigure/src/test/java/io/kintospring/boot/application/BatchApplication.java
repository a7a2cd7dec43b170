package io.kintospring.boot.application;

import java.util.Map;

import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import io.kintospring.template.ReactiveKintoTemplate;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Application without a web server, which ends when its work is done.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BatchApplication {

	public static void main(String[] arguments) {
		System.out.println("type=" + SpringApplication.run(BatchApplication.class, arguments).getClass());
	}

	@Bean
	ApplicationRunner work(KintoTemplate kinto, ReactiveKintoTemplate reactive) {
		return (arguments) -> {
			CollectionOperations<Map<String, Object>> tasks = kinto.bucket().collection("tasks");
			tasks.create("a", Map.of("title", "Blocking"));
			reactive.bucket().collection("tasks").create("b", Map.of("title", "Reactive")).block();
			try (var all = tasks.stream()) {
				all.forEach((task) -> System.out.println("title=" + task.data().get("title")));
			}
		};
	}

}
