package io.kintospring.protocol;

record Post(String title, int stars) {
}
