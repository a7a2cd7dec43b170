package io.kintospring.embedded.endpoint;

import java.util.Map;

import io.kintospring.embedded.permission.Principals;
import io.kintospring.embedded.request.KintoRequest;

/**
 * Request with the result of routing and authentication.
 *
 * @param request the request
 * @param variables the variables of the path
 * @param principals the principals of the user
 */
record Call(KintoRequest request, Map<String, String> variables, Principals principals) {

}
