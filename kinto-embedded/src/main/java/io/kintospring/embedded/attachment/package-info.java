/**
 * Attachments of records: uploaded forms, files and their URLs.
 */
@NullMarked
package io.kintospring.embedded.attachment;

import org.jspecify.annotations.NullMarked;
