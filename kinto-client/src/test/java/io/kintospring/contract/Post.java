package io.kintospring.contract;

record Post(String title, int stars) {
}
