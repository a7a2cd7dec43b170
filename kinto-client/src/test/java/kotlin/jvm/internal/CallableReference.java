package kotlin.jvm.internal;

/**
 * Stands for the type of Kotlin, which the build does not use.
 */
public class CallableReference {

	private final String signature;

	public CallableReference(String signature) {
		this.signature = signature;
	}

	public String getSignature() {
		return this.signature;
	}

	public Object get(Object receiver) {
		return this.signature + receiver;
	}

}
