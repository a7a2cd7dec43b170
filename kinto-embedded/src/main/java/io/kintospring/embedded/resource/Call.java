package io.kintospring.embedded.resource;

import java.util.Map;

import io.kintospring.embedded.permission.Principals;

/**
 * A request that was routed.
 *
 * @param request the request
 * @param variables the variables of the path
 * @param principals who sent it
 */
record Call(KintoRequest request, Map<String, String> variables, Principals principals) {

}
