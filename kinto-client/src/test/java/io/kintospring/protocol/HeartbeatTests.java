package io.kintospring.protocol;

import java.util.Map;

import io.kintospring.KintoResponseException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.server.KintoHeartbeat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Heartbeat requests and responses.
 */
class HeartbeatTests {

	private final KintoCall<KintoHeartbeat> call = Requests.kinto((o) -> o.header("X-Option", "1")).fetchHeartbeat();

	@Test
	void heartbeatIsRequested() {
		assertThat(Requests.text(this.call)).isEqualTo("GET /__heartbeat__\nAccept: application/json\nX-Option: 1");
	}

	@Test
	void heartbeatIsRead() {
		KintoHeartbeat heartbeat = this.call.read(Responses.json(200, "{\"storage\":true,\"cache\":true}"));
		assertThat(heartbeat.backends()).isEqualTo(Map.of("storage", true, "cache", true));
		assertThat(heartbeat.isHealthy()).isTrue();
	}

	@Test
	void unhealthyHeartbeatIsRead() {
		KintoHeartbeat heartbeat = this.call.read(Responses.json(503, "{\"storage\":false,\"cache\":true}"));
		assertThat(heartbeat.backends()).isEqualTo(Map.of("storage", false, "cache", true));
		assertThat(heartbeat.isHealthy()).isFalse();
	}

	@Test
	void uncheckedBackendIsOmitted() {
		KintoHeartbeat heartbeat = this.call.read(Responses.json(200, "{\"storage\":true,\"other\":null}"));
		assertThat(heartbeat.backends()).isEqualTo(Map.of("storage", true));
		assertThat(heartbeat.isHealthy()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "{}", "{\"storage\":true}", "no upstream",
			"{\"code\":503,\"errno\":201,\"error\":\"Service Unavailable\",\"message\":\"In maintenance\"}" })
	void heartbeatWithoutBackendsIsUnavailable(String body) {
		assertThatExceptionOfType(KintoUnavailableException.class)
			.isThrownBy(() -> this.call.read(Responses.json(503, body)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "true", "{\"storage\":\"ok\"}", "{\"status\":1}", "{\"up\":\"true\"}" })
	void responseOfOtherServiceFails(String body) {
		assertThatExceptionOfType(KintoResponseException.class)
			.isThrownBy(() -> this.call.read(Responses.json(200, body)))
			.withMessageContaining("cannot be read as a heartbeat");
	}

}
