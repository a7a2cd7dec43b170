package io.kintospring.docs;

import io.kintospring.template.CollectionOperations;
import io.kintospring.template.KintoTemplate;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

/**
 * Service that uses two servers.
 */
@Service
class Orders {

	private final CollectionOperations<Order> orders;

	private final CollectionOperations<Entry> log;

	Orders(KintoTemplate kinto, @Qualifier("audit") KintoTemplate audit) {
		this.orders = kinto.bucket().collection("orders", Order.class);
		this.log = audit.bucket().collection("orders", Entry.class);
	}

	void place(Order order) {
		this.orders.create(order);
		this.log.create(new Entry(order.article()));
	}

	record Order(String article) {
	}

	record Entry(String text) {
	}

}
