package io.kintospring.docs;

import io.kintospring.docs.Notes.Note;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@RegisterReflectionForBinding(Note.class)
class NativeHints {

}
