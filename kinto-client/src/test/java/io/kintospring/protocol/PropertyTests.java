package io.kintospring.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Shape;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kintospring.KintoGroup;
import io.kintospring.KintoHistoryEntry;
import io.kintospring.KintoOptions;
import io.kintospring.query.KintoOrder;
import io.kintospring.query.KintoQuery;
import io.kintospring.query.PropertyReference;
import kotlin.jvm.internal.CallableReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

import org.springframework.web.util.UriUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Values compared with a property are written like that property.
 */
class PropertyTests {

	private static final Instant NOON = Instant.parse("2026-11-28T12:00:00.5Z");

	private static final UUID ID = UUID.fromString("4b8a5c1e-0000-4000-8000-000000000001");

	private static final Event EVENT = new Event(NOON, NOON, NOON, Date.from(NOON), LocalDate.of(2026, 11, 28), 7, 8L,
			new BigDecimal("12.50"), "text", Color.RED, Color.RED, ID, Duration.ofSeconds(90), true, new Money(1250),
			new Address("Berlin", NOON), Optional.of(NOON), new AtomicReference<>(NOON), "object", List.of("a", "b"),
			List.of(NOON, NOON.plusSeconds(1)), new LinkedHashSet<>(List.of(Color.RED, Color.GREEN)),
			EnumSet.allOf(Color.class), new TreeSet<>(Set.of("x", "y")), new Instant[] { NOON }, new int[] { 1, 2 },
			List.of(new Address("Bonn", NOON)), List.of(new Money(5)), List.of("one"), List.of(List.of(NOON)),
			new ArrayList<>(List.of(NOON)), List.of(NOON), List.of("secret"), Map.of("k", NOON));

	private static final Map<String, PropertyReference<Event>> PROPERTIES = properties();

	private static Map<String, PropertyReference<Event>> properties() {
		Map<String, PropertyReference<Event>> properties = new LinkedHashMap<>();
		properties.put("at", Event::at);
		properties.put("formatted", Event::formatted);
		properties.put("millis", Event::millis);
		properties.put("date", Event::date);
		properties.put("day", Event::day);
		properties.put("count", Event::count);
		properties.put("big", Event::big);
		properties.put("price", Event::price);
		properties.put("shout", Event::shout);
		properties.put("color", Event::color);
		properties.put("ordinal", Event::ordinal);
		properties.put("uuid", Event::uuid);
		properties.put("duration", Event::duration);
		properties.put("flag", Event::flag);
		properties.put("money", Event::money);
		properties.put("address", Event::address);
		properties.put("optional", Event::optional);
		properties.put("reference", Event::reference);
		properties.put("object", Event::object);
		properties.put("tags", Event::tags);
		properties.put("times", Event::times);
		properties.put("colors", Event::colors);
		properties.put("enumSet", Event::enumSet);
		properties.put("sorted", Event::sorted);
		properties.put("array", Event::array);
		properties.put("ints", Event::ints);
		properties.put("addresses", Event::addresses);
		properties.put("moneys", Event::moneys);
		properties.put("single", Event::single);
		properties.put("nested", Event::nested);
		properties.put("arrayList", Event::arrayList);
		properties.put("anything", Event::anything);
		properties.put("joined", Event::joined);
		properties.put("map", Event::map);
		return properties;
	}

	private static Map<String, JsonMapper> mappers() {
		Map<String, JsonMapper> mappers = new LinkedHashMap<>();
		mappers.put("plain", new JsonMapper());
		mappers.put("dates as numbers", mapper((b) -> b.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
				DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)));
		mappers.put("enums as numbers", mapper((b) -> b.enable(EnumFeature.WRITE_ENUMS_USING_INDEX)));
		mappers.put("serializers",
				mapper((b) -> b.addModule(new SimpleModule().addSerializer(Instant.class, new Seconds())
					.addSerializer(String.class, new Shout())
					.addSerializer(Color.class, new Colors()))));
		mappers.put("mix-ins",
				mapper((b) -> b.addMixIn(Event.class, EventMixIn.class).addMixIn(Address.class, AddressMixIn.class)));
		mappers.put("snake case", mapper((b) -> b.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)));
		mappers.put("time zone",
				mapper((b) -> b.defaultTimeZone(TimeZone.getTimeZone("Asia/Tokyo")).defaultLocale(Locale.GERMANY)));
		return mappers;
	}

	private static JsonMapper mapper(Consumer<JsonMapper.Builder> customizer) {
		JsonMapper.Builder builder = JsonMapper.builder();
		customizer.accept(builder);
		return builder.build();
	}

	static Stream<Arguments> properties(Function<Object, Boolean> filter) {
		return mappers().entrySet()
			.stream()
			.flatMap((mapper) -> PROPERTIES.entrySet()
				.stream()
				.filter((property) -> filter.apply(property.getValue().apply(EVENT)))
				.map((property) -> arguments(mapper.getKey(), property.getKey(), mapper.getValue(),
						property.getValue())));
	}

	static Stream<Arguments> valueIsWrittenLikeProperty() {
		return properties((value) -> true);
	}

	@ParameterizedTest(name = "{1} with {0}")
	@MethodSource
	void valueIsWrittenLikeProperty(String mapperName, String propertyName, JsonMapper mapper,
			PropertyReference<Event> property) {
		Field field = field(mapper, property);
		Object value = property.apply(EVENT);
		assertThat(query(mapper, (q) -> q.where(property).is(value))).isEqualTo("eq_" + field.name + "=" + field.json);
		assertThat(query(mapper, (q) -> q.where(property).lessThan(value).where(property).not(value)))
			.isEqualTo("lt_" + field.name + "=" + field.json + "&not_" + field.name + "=" + field.json);
		if (field.json.matches("[^,\\[{]*")) {
			assertThat(query(mapper, (q) -> q.where(property).in(value, value).where(property).notIn(value)))
				.isEqualTo("in_%1$s=%2$s,%2$s&exclude_%1$s=%2$s".formatted(field.name, field.json));
		}
	}

	static Stream<Arguments> elementsAreWrittenLikeProperty() {
		return properties((value) -> value instanceof Collection || value.getClass().isArray())
			.filter((arguments) -> !List.of("joined", "single").contains(arguments.get()[1]));
	}

	@ParameterizedTest(name = "{1} with {0}")
	@MethodSource
	void elementsAreWrittenLikeProperty(String mapperName, String propertyName, JsonMapper mapper,
			PropertyReference<Event> property) {
		Field field = field(mapper, property);
		Object[] elements = elements(property.apply(EVENT));
		assertThat(query(mapper, (q) -> q.where(property).contains(elements)))
			.isEqualTo("contains_" + field.name + "=" + field.json);
		assertThat(query(mapper, (q) -> q.where(property).containsAny(elements)))
			.isEqualTo("contains_any_" + field.name + "=" + field.json);
	}

	private static Object[] elements(@Nullable Object value) {
		if (value instanceof Collection<?> collection) {
			return collection.toArray();
		}
		return (value instanceof int[] ints) ? Arrays.stream(ints).boxed().toArray() : (Object[]) value;
	}

	/**
	 * Kinto requires a list, also for a single element.
	 */
	@Test
	void elementsAreAlwaysWrittenAsList() {
		JsonMapper unwrapping = mapper((b) -> b.enable(SerializationFeature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED));
		assertThat(query(unwrapping, (q) -> q.where(Event::times).contains(NOON)))
			.isEqualTo("contains_times=[\"28.11.2026 12:00\"]");
		assertThat(query(unwrapping, (q) -> q.where("times").contains("x"))).isEqualTo("contains_times=[\"x\"]");
		for (JsonMapper mapper : List.of(unwrapping, new JsonMapper())) {
			assertThat(query(mapper, (q) -> q.where(Event::single).contains("one")))
				.isEqualTo("contains_single=[\"ONE!\"]");
			assertThat(query(mapper, (q) -> q.where(Event::single).contains("one", "two")))
				.isEqualTo("contains_single=[\"ONE!\",\"TWO!\"]");
			assertThat(query(mapper, (q) -> q.where(Event::single).is(List.of("one"))))
				.isEqualTo("eq_single=" + field(mapper, Event::single).json);
		}
		assertThat(query(new JsonMapper(), (q) -> q.where(Event::times).contains())).isEqualTo("contains_times=[]");
	}

	@Test
	void elementsOfOtherTypeAreWrittenWithoutProperty() {
		JsonMapper mapper = new JsonMapper();
		assertThat(query(mapper, (q) -> q.where(Event::times).contains("x", NOON)))
			.isEqualTo("contains_times=[\"x\",\"2026-11-28T12:00:00.500Z\"]");
		assertThat(query(mapper, (q) -> q.where(Event::ints).contains(1, null))).isEqualTo("contains_ints=[1,null]");
		assertThat(query(mapper, (q) -> q.where(Event::ints).contains(1L))).isEqualTo("contains_ints=[1]");
		assertThat(query(mapper, (q) -> q.where(Event::times).contains(NOON, null)))
			.isEqualTo("contains_times=[\"28.11.2026 12:00\",null]");
		assertThat(query(mapper, (q) -> q.where(Event::sorted).contains("x", null)))
			.isEqualTo("contains_sorted=[\"x\",null]");
		assertThat(query(mapper, (q) -> q.where(Event::count).contains(1))).isEqualTo("contains_count=[1]");
		assertThat(query(mapper, (q) -> q.where(Event::joined).contains("secret")))
			.isEqualTo("contains_joined=[\"secret\"]");
	}

	@Test
	void numberIsConvertedToTypeOfProperty() {
		JsonMapper mapper = new JsonMapper();
		for (Number number : List.<Number>of((byte) 5, (short) 5, 5, 5L, 5.0, 5f, BigInteger.valueOf(5),
				new BigDecimal("5"))) {
			assertThat(query(mapper, (q) -> q.where(Event::count).is(number))).isEqualTo("eq_count=\"5\"");
			assertThat(query(mapper, (q) -> q.where(Event::big).is(number))).isEqualTo("eq_big=5");
		}
		assertThat(query(mapper, (q) -> q.where(Event::price).is(3))).isEqualTo("eq_price=300");
		assertThat(query(mapper, (q) -> q.where(Event::price).is(12.5))).isEqualTo("eq_price=1250");
		assertThat(query(mapper, (q) -> q.where(Event::big).greaterThan(3.5))).isEqualTo("gt_big=3.5");
		assertThat(query(mapper, (q) -> q.where(Event::count).lessThan(99_999_999_999L)))
			.isEqualTo("lt_count=99999999999");
		assertThat(query(mapper, (q) -> q.where(Event::big).is(Double.NaN))).isEqualTo("eq_big=\"NaN\"");
	}

	@Test
	void valueOfOtherTypeIsWrittenWithoutProperty() {
		JsonMapper mapper = new JsonMapper();
		assertThat(query(mapper, (q) -> q.where(Event::formatted).is("28.11.2026 12:00")))
			.isEqualTo("eq_formatted=\"28.11.2026 12:00\"");
		assertThat(query(mapper, (q) -> q.where(Event::price).is("12.50"))).isEqualTo("eq_price=\"12.50\"");
		assertThat(query(mapper, (q) -> q.where(Event::color).is("RED"))).isEqualTo("eq_color=\"RED\"");
		assertThat(query(mapper, (q) -> q.where(Event::formatted).is(null))).isEqualTo("eq_formatted=null");
		assertThat(query(mapper, (q) -> q.where(Event::shout).is(null))).isEqualTo("eq_shout=\"NOTHING\"");
		assertThat(query(mapper, (q) -> q.where(Event::optional).is(NOON)))
			.isEqualTo("eq_optional=\"28.11.2026 12:00\"");
		assertThat(query(mapper, (q) -> q.where(Event::reference).is(NOON)))
			.isEqualTo("eq_reference=\"28.11.2026 12:00\"");
		assertThat(query(mapper, (q) -> q.where(Event::optional).is("x"))).isEqualTo("eq_optional=\"x\"");
	}

	/**
	 * A pattern is not a value of the property.
	 */
	@Test
	void patternIsAlwaysText() {
		assertThat(query(new JsonMapper(),
				(q) -> q.where(Event::shout).like("a*").where(Event::color).like("R*").where(Event::shout).exists()))
			.isEqualTo("has_shout=true&like_shout=\"a*\"&like_color=\"R*\"");
	}

	@Test
	void unwritableValueOfPropertyIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> query(new JsonMapper(), (q) -> q.where(Event::price).is(new BigDecimal("0.001"))))
			.withMessage("A value of java.math.BigDecimal cannot be written: java.lang.ArithmeticException");
	}

	@Test
	void valueHasNoDefaultTypeIds() {
		JsonMapper typing = mapper((b) -> b.activateDefaultTyping(
				BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
				DefaultTyping.NON_FINAL_AND_RECORDS));
		assertThat(query(typing,
				(q) -> q.where(Event::anything)
					.is(new ArrayList<>(List.of(NOON)))
					.where(Event::times)
					.contains(NOON)
					.where(Event::address)
					.is(new Address("Bonn", NOON))))
			.isEqualTo("eq_anything=[\"2026-11-28T12:00:00.500Z\"]&contains_times=[\"28.11.2026 12:00\"]"
					+ "&eq_address={\"city\":\"Bonn\",\"since\":\"28.11.2026\"}");
	}

	@Test
	void beanAndFieldPropertiesAreWritten() {
		JsonMapper mapper = new JsonMapper();
		assertThat(query(mapper,
				(q) -> q.where(Bean::getStarted)
					.is(NOON)
					.where(Bean::isOpen)
					.is(true)
					.where(Bean::getTags)
					.contains("a")))
			.isEqualTo("eq_begin=\"28.11.2026\"&eq_open=1&contains_tags=[\"A!\"]");
		assertThat(query(mapper, (q) -> q.where(Fields::getStarted).is(NOON).where(Fields::open).is(true)))
			.isEqualTo("eq_begin=\"28.11.2026\"&eq_open=1");
	}

	/**
	 * The subtype can have other annotations.
	 */
	@Test
	void propertyOfSubtypeUsesItsAnnotations() {
		PropertyReference<SubBean> started = Bean::getStarted;
		assertThat(query(new JsonMapper(), (q) -> q.where(started).is(NOON))).isEqualTo("eq_day=\"2026\"");
		assertThat(query(new JsonMapper(), (q) -> q.where(SubBean::getStarted).is(NOON))).isEqualTo("eq_day=\"2026\"");
		assertThat(query(new JsonMapper(), (q) -> q.where(Bean::getStarted).is(NOON)))
			.isEqualTo("eq_begin=\"28.11.2026\"");
	}

	/**
	 * The application's mapper does not apply to them.
	 */
	@Test
	void propertiesOfKintoTypesIgnoreApplicationMapper() {
		BucketCalls bucket = calls(mapper((b) -> b.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
			.propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE))).bucket("b");
		assertThat(bucket.history().list((q) -> q.where(KintoHistoryEntry::date).lessThan(NOON)).request().query())
			.isEqualTo("lt_date=%222026-11-28T12%3A00%3A00.500Z%22");
		assertThat(bucket.history().list((q) -> q.sort(KintoHistoryEntry::recordId)).request().query())
			.isEqualTo("_sort=record_id");
		assertThat(bucket.groups().list((q) -> q.where(KintoGroup::members).contains("a")).request().query())
			.isEqualTo("contains_members=%5B%22a%22%5D");
	}

	/**
	 * Kotlin compiles it to a lambda expression that captures the reference.
	 */
	@Test
	void kotlinPropertyReferenceIsResolved() {
		CallableReference reference = new CallableReference("getStarted()Ljava/time/Instant;");
		PropertyReference<SubBean> property = (bean) -> reference.get(bean);
		assertThat(query(new JsonMapper(), (q) -> q.where(property).is(NOON))).isEqualTo("eq_day=\"2026\"");
		assertThat(query(new JsonMapper(), (q) -> q.sort(KintoOrder.desc(property)).fields(property)))
			.isEqualTo("_sort=-day&_fields=day");
	}

	@Test
	void lambdaExpressionIsRejected() {
		Bean captured = new Bean();
		for (PropertyReference<Bean> lambda : List.<PropertyReference<Bean>>of((bean) -> bean.getStarted(),
				(bean) -> captured.getStarted())) {
			assertThatIllegalArgumentException().isThrownBy(() -> KintoOrder.asc(lambda))
				.withMessage(
						"A property must be a method reference such as Post::author, not a lambda expression, which"
								+ " has no name");
		}
	}

	@Test
	void sortAndFieldsAcceptProperties() {
		JsonMapper snake = mapper((b) -> b.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
		assertThat(query(snake, (q) -> q.sort(Event::enumSet))).isEqualTo("_sort=enum_set");
		assertThat(query(snake, (q) -> q.sort(Event::enumSet, Event::at, Event::arrayList)))
			.isEqualTo("_sort=enum_set,at,array_list");
		assertThat(query(snake, (q) -> q.sort(KintoOrder.desc(Event::enumSet), KintoOrder.asc(Event::at))))
			.isEqualTo("_sort=-enum_set,at");
		assertThat(query(snake, (q) -> q.sort(KintoOrder.desc("last_modified"), KintoOrder.asc(Event::at),
				KintoOrder.desc(Event::arrayList))))
			.isEqualTo("_sort=-last_modified,at,-array_list");
		assertThat(query(snake, (q) -> q.sort("at").sort(KintoOrder.desc(Event::at)))).isEqualTo("_sort=-at");
		assertThat(query(snake, (q) -> q.fields(Event::enumSet))).isEqualTo("_fields=enum_set");
		assertThat(query(snake, (q) -> q.fields(Event::enumSet, Event::at))).isEqualTo("_fields=enum_set,at");
		assertThat(query(snake, (q) -> q.fields(Bean::getStarted))).isEqualTo("_fields=begin");
	}

	@Test
	void unsupportedPropertyNameIsRejected() {
		JsonMapper mapper = new JsonMapper();
		assertThatIllegalArgumentException().isThrownBy(() -> query(mapper, (q) -> q.sort(Odd::dashed)))
			.withMessageStartingWith("Kinto cannot sort by 'my-field'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> query(mapper, (q) -> q.sort(KintoOrder.desc(Odd::dashed))));
		assertThatIllegalArgumentException().isThrownBy(() -> query(mapper, (q) -> q.fields(Odd::comma)))
			.withMessage("Kinto cannot select 'a,b': the name must not contain a comma");
		assertThatIllegalArgumentException().isThrownBy(() -> query(mapper, (q) -> q.sort(Odd::toString)))
			.withMessageEndingWith("is not a property that Jackson writes: use the name of the field in JSON");
		assertThatIllegalArgumentException().isThrownBy(() -> query(mapper, (q) -> q.fields(Odd::toString)));
	}

	private static Field field(JsonMapper mapper, PropertyReference<Event> property) {
		JsonNode event = mapper.valueToTree(EVENT);
		String name = query(mapper, (q) -> q.sort(property)).substring("_sort=".length());
		JsonNode value = event.get(name);
		assertThat(value).as(name).isNotNull();
		String body = Requests.body(calls(mapper).bucket("b").collection("c", Event.class).create(EVENT));
		String json = value.toString();
		assertThat(body).contains("\"" + name + "\":" + json);
		return new Field(name, json);
	}

	private static String query(JsonMapper mapper, KintoQuery.Customizer query) {
		return UriUtils.decode(calls(mapper).bucket("b").collection("c").list(query).request().query(),
				StandardCharsets.UTF_8);
	}

	private static KintoCalls calls(JsonMapper mapper) {
		return new KintoCalls(mapper, KintoOptions.of(), "default");
	}

	record Field(String name, String json) {
	}

	record Event(Instant at,
			@JsonFormat(shape = Shape.STRING, pattern = "dd.MM.yyyy HH:mm", timezone = "UTC") Instant formatted,
			@JsonFormat(shape = Shape.NUMBER) Instant millis, @JsonFormat(pattern = "yyyy", timezone = "UTC") Date date,
			@JsonFormat(pattern = "dd/MM") LocalDate day, @JsonFormat(shape = Shape.STRING) int count, long big,
			@JsonSerialize(using = Cents.class) BigDecimal price,
			@JsonSerialize(using = Shout.class, nullsUsing = Nothing.class) String shout, Color color,
			@JsonFormat(shape = Shape.NUMBER) Color ordinal, UUID uuid,
			@JsonFormat(pattern = "SECONDS") Duration duration, @JsonSerialize(using = Bit.class) boolean flag,
			Money money, Address address,
			@JsonFormat(shape = Shape.STRING, pattern = "dd.MM.yyyy HH:mm",
					timezone = "UTC") Optional<Instant> optional,
			@JsonFormat(shape = Shape.STRING, pattern = "dd.MM.yyyy HH:mm",
					timezone = "UTC") AtomicReference<Instant> reference,
			Object object, @JsonSerialize(contentUsing = Shout.class) List<String> tags,
			@JsonFormat(shape = Shape.STRING, pattern = "dd.MM.yyyy HH:mm", timezone = "UTC") List<Instant> times,
			@JsonSerialize(contentUsing = Colors.class) Set<Color> colors,
			@JsonFormat(shape = Shape.STRING) EnumSet<Color> enumSet,
			@JsonSerialize(contentUsing = Shout.class) SortedSet<String> sorted,
			@JsonFormat(shape = Shape.STRING, pattern = "yyyy", timezone = "UTC") Instant[] array, int[] ints,
			List<Address> addresses, List<Money> moneys,
			@JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED) @JsonSerialize(
					contentUsing = Shout.class) List<String> single,
			@JsonFormat(shape = Shape.STRING, pattern = "yyyy", timezone = "UTC") List<List<Instant>> nested,
			@JsonFormat(shape = Shape.STRING, pattern = "yyyy", timezone = "UTC") ArrayList<Instant> arrayList,
			Object anything, @JsonSerialize(using = Joined.class) List<String> joined,
			@JsonFormat(shape = Shape.STRING, pattern = "yyyy", timezone = "UTC") Map<String, Instant> map) {
	}

	record Address(String city, @JsonFormat(pattern = "dd.MM.yyyy", timezone = "UTC") Instant since) {
	}

	record Odd(@JsonProperty("my-field") int dashed, @JsonProperty("a,b") int comma) {
	}

	enum Color {

		RED, GREEN

	}

	record Money(@JsonValue long cents) {
	}

	interface EventMixIn {

		@JsonProperty("written_at")
		@JsonFormat(pattern = "yyyy", timezone = "UTC")
		Instant at();

		@JsonSerialize(contentUsing = Nothing.class)
		List<String> tags();

		@JsonSerialize(using = Bit.class)
		int count();

	}

	interface AddressMixIn {

		@JsonProperty("town")
		String city();

	}

	static class Bean {

		@JsonProperty("begin")
		@JsonFormat(pattern = "dd.MM.yyyy", timezone = "UTC")
		public Instant getStarted() {
			return NOON;
		}

		@JsonSerialize(using = Bit.class)
		public boolean isOpen() {
			return true;
		}

		@JsonSerialize(contentUsing = Shout.class)
		public List<String> getTags() {
			return List.of();
		}

	}

	static final class SubBean extends Bean {

		@Override
		@JsonProperty("day")
		@JsonFormat(pattern = "yyyy", timezone = "UTC")
		public Instant getStarted() {
			return NOON;
		}

	}

	@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
			isGetterVisibility = Visibility.NONE)
	static final class Fields {

		@JsonProperty("begin")
		@JsonFormat(pattern = "dd.MM.yyyy", timezone = "UTC")
		private Instant started = NOON;

		@JsonSerialize(using = Bit.class)
		private boolean open;

		Instant getStarted() {
			return this.started;
		}

		boolean open() {
			return this.open;
		}

	}

	static final class Cents extends StdSerializer<BigDecimal> {

		Cents() {
			super(BigDecimal.class);
		}

		@Override
		public void serialize(BigDecimal value, JsonGenerator generator, SerializationContext context) {
			generator.writeNumber(value.movePointRight(2).longValueExact());
		}

	}

	static final class Shout extends StdSerializer<String> {

		Shout() {
			super(String.class);
		}

		@Override
		public void serialize(String value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(value.toUpperCase(Locale.ROOT) + "!");
		}

	}

	static final class Nothing extends StdSerializer<Object> {

		Nothing() {
			super(Object.class);
		}

		@Override
		public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
			generator.writeString("NOTHING");
		}

	}

	static final class Bit extends StdSerializer<Object> {

		Bit() {
			super(Object.class);
		}

		@Override
		public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
			generator.writeNumber(value.equals(false) ? 0 : 1);
		}

	}

	static final class Colors extends StdSerializer<Color> {

		Colors() {
			super(Color.class);
		}

		@Override
		public void serialize(Color value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(value.name().substring(0, 1));
		}

	}

	static final class Seconds extends StdSerializer<Instant> {

		Seconds() {
			super(Instant.class);
		}

		@Override
		public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
			generator.writeNumber(TimeUnit.MILLISECONDS.toSeconds(value.toEpochMilli()));
		}

	}

	static final class Joined extends StdSerializer<List<String>> {

		Joined() {
			super(List.class);
		}

		@Override
		public void serialize(List<String> value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(String.join("|", value));
		}

	}

}
