package io.kintospring.boot.testcontainers;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.kintospring.embedded.EmbeddedKintoServer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Container that requires no container engine, because its server is an embedded one.
 */
class StubKintoContainer extends KintoContainer {

	private final EmbeddedKintoServer server;

	private boolean running;

	/** Not initialized here, because the constructor of the superclass sets it. */
	private Map<String, Transferable> files;

	StubKintoContainer(EmbeddedKintoServer server) {
		this.server = server;
	}

	/**
	 * Return the settings of the file that the server would read.
	 */
	Map<String, String> settings() {
		Transferable ini = this.files.get(getEnvMap().get("KINTO_INI"));
		assertThat(ini.getSize()).isEqualTo(ini.getBytes().length);
		return Ini.settings(new String(ini.getBytes(), StandardCharsets.UTF_8));
	}

	@Override
	public KintoContainer withCopyToContainer(Transferable transferable, String path) {
		this.files = Map.of(path, transferable);
		return super.withCopyToContainer(transferable, path);
	}

	@Override
	public void start() {
		getDependencies().forEach(Startable::start);
		waitUntilContainerStarted();
		containerIsStarted(getContainerInfo());
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Return the name of the image without pulling it.
	 */
	@Override
	public String getDockerImageName() {
		return IMAGE + ":" + DEFAULT_TAG;
	}

	@Override
	public InspectContainerResponse getContainerInfo() {
		return new InspectContainerResponse();
	}

	@Override
	public String getHost() {
		return "127.0.0.1";
	}

	@Override
	public Integer getMappedPort(int port) {
		assertThat(getExposedPorts()).contains(port);
		return URI.create(this.server.url()).getPort();
	}

}
