package io.kintospring.docs;

import java.util.Map;

import javax.sql.DataSource;

import io.kintospring.boot.lock.LockRegistryKintoLock;
import io.kintospring.client.KintoLock;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.integration.jdbc.lock.JdbcLockRegistry;
import org.springframework.integration.jdbc.lock.LockRepository;
import org.springframework.integration.support.locks.LockRegistry;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configurations of a lock registry do what the page about concurrent changes says.
 */
class LockTests {

	private static void assertThatUpdateHoldsALock(KintoTemplate kinto, JdbcTemplate database) {
		CollectionOperations<Map<String, Object>> posts = kinto.bucket().collection("posts");
		String id = posts.create(Map.of("stars", 0)).id();
		posts.update(id, (post) -> Map.of("stars", locks(database)));
		assertThat(posts.get(id).data()).containsEntry("stars", 1);
		assertThat(locks(database)).isZero();
	}

	private static int locks(JdbcTemplate database) {
		return database.queryForList("SELECT * FROM INT_LOCK").size();
	}

	@SpringBootTest(classes = { Registry.class, Database.class }, properties = "kinto.lock.type=registry")
	@Nested
	class ByProperty {

		@Test
		void updateHoldsALockOfTheRegistry(@Autowired KintoTemplate kinto, @Autowired JdbcTemplate database) {
			assertThatUpdateHoldsALock(kinto, database);
		}

	}

	@SpringBootTest(classes = { OwnLock.class, Registry.class, Database.class })
	@Nested
	class ByBean {

		@Test
		void updateHoldsALockOfTheRegistry(@Autowired KintoTemplate kinto, @Autowired JdbcTemplate database) {
			assertThatUpdateHoldsALock(kinto, database);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		DefaultLockRepository lockRepository(DataSource dataSource) {
			return new DefaultLockRepository(dataSource);
		}

		@Bean
		JdbcLockRegistry lockRegistry(LockRepository lockRepository) {
			return new JdbcLockRegistry(lockRepository);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnLock {

		@Bean
		KintoLock kintoLock(@Qualifier("lockRegistry") LockRegistry<?> registry) {
			return new LockRegistryKintoLock(registry);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Database {

		@Bean
		DataSource dataSource() {
			return new EmbeddedDatabaseBuilder().setType(EmbeddedDatabaseType.H2)
				.generateUniqueName(true)
				.addScript("org/springframework/integration/jdbc/schema-h2.sql")
				.build();
		}

		@Bean
		JdbcTransactionManager transactionManager(DataSource dataSource) {
			return new JdbcTransactionManager(dataSource);
		}

		@Bean
		JdbcTemplate jdbcTemplate(DataSource dataSource) {
			return new JdbcTemplate(dataSource);
		}

	}

}
