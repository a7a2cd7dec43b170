package io.kintospring.embedded.settings;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Immutable settings of a server.
 */
public final class KintoServerSettings {

	private static final KintoServerSettings DEFAULTS = new KintoServerSettings(Map.of());

	private final Map<String, Object> values;

	private KintoServerSettings(Map<String, Object> values) {
		this.values = values;
	}

	/**
	 * Return settings with Kinto's defaults.
	 * @return the settings
	 */
	public static KintoServerSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * Return a copy of these settings with another value of one setting.
	 * @param <T> the type of the value
	 * @param setting the setting
	 * @param value the value
	 * @return the changed settings
	 */
	public <T> KintoServerSettings with(KintoSetting<T> setting, T value) {
		Map<String, Object> changed = new HashMap<>(this.values);
		changed.put(setting.name(), value);
		return new KintoServerSettings(Map.copyOf(changed));
	}

	/**
	 * Return a copy of these settings with another value of one setting, as in Kinto's
	 * configuration file.
	 * @param name the name of the setting, with or without the prefix {@code kinto.}
	 * @param value the text of the value
	 * @return the changed settings
	 * @throws IllegalArgumentException if the setting is unsupported or the value is
	 * invalid
	 */
	public KintoServerSettings with(String name, String value) {
		return withText(KintoSetting.named(name), value);
	}

	/**
	 * Return the value of a setting.
	 * @param <T> the type of the value
	 * @param setting the setting
	 * @return the value, or the default
	 */
	@SuppressWarnings("unchecked")
	public <T> T get(KintoSetting<T> setting) {
		return (T) this.values.getOrDefault(setting.name(), setting.defaultValue());
	}

	/**
	 * Return the value of a setting that buckets and collections can override.
	 * @param <T> the type of the value
	 * @param setting the setting
	 * @param ids the id of the bucket, and the id of the collection if there is one
	 * @return the value for the collection; if it is not set, the value for the bucket;
	 * if neither is set, the general value
	 */
	@SuppressWarnings("unchecked")
	public <T> T get(KintoSetting<T> setting, List<String> ids) {
		T value = get(setting);
		for (int i = 1; i <= ids.size(); i++) {
			value = (T) this.values.getOrDefault(setting.name(ids.subList(0, i)), value);
		}
		return value;
	}

	/**
	 * Return the plugins of the server. Any {@code attachment.*} setting enables the
	 * attachment plugin, and {@code flush_endpoint_enabled} decides about flushing.
	 * @return the plugins
	 */
	public Set<Plugin> plugins() {
		Set<Plugin> plugins = new HashSet<>(get(KintoSetting.INCLUDES));
		if (this.values.keySet().stream().anyMatch(KintoSetting::isOfAttachments)) {
			plugins.add(Plugin.ATTACHMENT);
		}
		get(KintoSetting.FLUSH_ENDPOINT_ENABLED).ifPresent((enabled) -> {
			if (enabled) {
				plugins.add(Plugin.FLUSH);
			}
			else {
				plugins.remove(Plugin.FLUSH);
			}
		});
		return plugins;
	}

	private <T> KintoServerSettings withText(KintoSetting<T> setting, String value) {
		return with(setting, setting.parse(value));
	}

}
