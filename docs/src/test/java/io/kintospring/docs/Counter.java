package io.kintospring.docs;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoUnavailableException;
import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;

class Counter {

	private final CollectionOperations<Count> counters;

	Counter(KintoTemplate kinto) {
		this.counters = kinto.bucket("site").collection("counters", Count.class);
	}

	static void create(KintoTemplate kinto) {
		kinto.buckets().create("site");
		kinto.bucket("site").collections().create("counters");
		kinto.bucket("site").collection("counters", Count.class).create("visits", new Count(0));
	}

	boolean visit() {
		try {
			this.counters.update("visits", (count) -> new Count(count.visits() + 1));
			return true;
		}
		catch (KintoConflictException | KintoUnavailableException ex) {
			// nothing was stored
			return false;
		}
	}

	long visits() {
		return this.counters.get("visits").data().visits();
	}

	record Count(long visits) {
	}

}
