package io.kintospring.contract;

import java.util.Map;

import io.kintospring.KintoNotSentException;
import io.kintospring.KintoTransportException;
import io.kintospring.contract.ChaosLedger.Told;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the comparison at the end of the chaos run, with planted faults.
 */
class ChaosLedgerTests {

	private final ChaosLedger ledger = new ChaosLedger();

	@ParameterizedTest
	@CsvSource({ "ACKNOWLEDGED, 0, false", "ACKNOWLEDGED, 1, true", "ACKNOWLEDGED, 2, false", "UNKNOWN, 0, true",
			"UNKNOWN, 1, true", "UNKNOWN, 2, false", "NOT_SENT, 0, true", "NOT_SENT, 1, false", "REJECTED, 0, true",
			"REJECTED, 1, false" })
	void lostAndDuplicateRecordsAreFound(Told told, int times, boolean correct) {
		this.ledger.created("a", told);
		Map<String, Integer> found = (times > 0) ? Map.of("a", times) : Map.of();
		assertThat(this.ledger.wrongRecords(found).isEmpty()).isEqualTo(correct);
		assertThat(this.ledger.wrongCreations(found, (operation) -> true).isEmpty()).isEqualTo(correct);
		assertThat(this.ledger.wrongCreations(found, (operation) -> false)).isEmpty();
	}

	@Test
	void recordThatNobodyCreatedIsFound() {
		assertThat(this.ledger.wrongRecords(Map.of("a", 1))).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "ACKNOWLEDGED, 0, true", "ACKNOWLEDGED, 1, false", "UNKNOWN, 0, true", "UNKNOWN, 1, true",
			"NOT_SENT, 0, false", "NOT_SENT, 1, true", "REJECTED, 0, false", "REJECTED, 1, true" })
	void deletionsAreCompared(Told told, int times, boolean correct) {
		this.ledger.created("a", Told.ACKNOWLEDGED);
		this.ledger.deleted("a", told);
		Map<String, Integer> found = (times > 0) ? Map.of("a", times) : Map.of();
		assertThat(this.ledger.wrongRecords(found).isEmpty()).isEqualTo(correct);
	}

	@ParameterizedTest
	@CsvSource({ "1, false", "2, true", "3, true", "4, false" })
	void lostAndRepeatedChangesAreFound(int number, boolean correct) {
		this.ledger.changed("a", Told.ACKNOWLEDGED);
		this.ledger.changed("a", Told.ACKNOWLEDGED);
		this.ledger.changed("a", Told.UNKNOWN);
		this.ledger.changed("a", Told.REJECTED);
		this.ledger.changed("a", Told.NOT_SENT);
		assertThat(this.ledger.wrongChanges(Map.of("a", number)).isEmpty()).isEqualTo(correct);
	}

	@Test
	void runWithoutSuccessesProvesNothing() {
		assertThat(this.ledger.successes()).isZero();
		this.ledger.created("a", Told.ACKNOWLEDGED);
		this.ledger.changed("b", Told.UNKNOWN);
		this.ledger.deleted("a", Told.REJECTED);
		this.ledger.created("c", Told.NOT_SENT);
		assertThat(this.ledger.successes()).isEqualTo(0.25);
	}

	@Test
	void exceptionsSayWhatCallersKnow() {
		assertThat(this.ledger.told(new KintoNotSentException("", null))).isEqualTo(Told.NOT_SENT);
		assertThat(this.ledger.told(new KintoTransportException("", null))).isEqualTo(Told.UNKNOWN);
	}

}
