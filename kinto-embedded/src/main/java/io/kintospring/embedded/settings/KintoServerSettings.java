package io.kintospring.embedded.settings;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a server, an immutable value.
 */
public final class KintoServerSettings {

	private static final KintoServerSettings DEFAULTS = new KintoServerSettings(Map.of());

	private final Map<String, Object> values;

	private KintoServerSettings(Map<String, Object> values) {
		this.values = values;
	}

	/**
	 * Kinto's own defaults.
	 * @return settings of which none was changed
	 */
	public static KintoServerSettings defaults() {
		return DEFAULTS;
	}

	/**
	 * These settings with one of them changed.
	 * @param <T> the type of the value
	 * @param setting which one
	 * @param value its value
	 * @return the changed settings
	 */
	public <T> KintoServerSettings with(KintoSetting<T> setting, T value) {
		Map<String, Object> changed = new HashMap<>(this.values);
		changed.put(setting.name(), value);
		return new KintoServerSettings(Map.copyOf(changed));
	}

	/**
	 * These settings with one of them changed, in the words of Kinto's configuration
	 * file.
	 * @param name the name of the setting, with or without the prefix <code>kinto.</code>
	 * @param value the text of its value
	 * @return the changed settings
	 * @throws IllegalArgumentException if this server has no such setting, or the value
	 * can't be one of it
	 */
	public KintoServerSettings with(String name, String value) {
		return withText(KintoSetting.named(name), value);
	}

	/**
	 * The value of a setting.
	 * @param <T> the type of the value
	 * @param setting which one
	 * @return its value, the default one if it was not changed
	 */
	@SuppressWarnings("unchecked")
	public <T> T get(KintoSetting<T> setting) {
		return (T) this.values.getOrDefault(setting.name(), setting.defaultValue());
	}

	/**
	 * The value of a setting that can be another for a bucket or a collection.
	 * @param <T> the type of the value
	 * @param setting which one
	 * @param ids the ids of the bucket and the collection, as far as there are such
	 * @return the value for the collection, or else for the bucket, or else for all
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
	 * The plugins of the server: those that are included, and that for attachments if
	 * there is any setting of it.
	 * @return the plugins
	 */
	public Set<Plugin> plugins() {
		Set<Plugin> plugins = new HashSet<>(get(KintoSetting.INCLUDES));
		if (this.values.keySet().stream().anyMatch((name) -> name.startsWith(KintoSetting.ATTACHMENT_PREFIX))) {
			plugins.add(Plugin.ATTACHMENT);
		}
		return plugins;
	}

	private <T> KintoServerSettings withText(KintoSetting<T> setting, String value) {
		return with(setting, setting.parse(value));
	}

}
