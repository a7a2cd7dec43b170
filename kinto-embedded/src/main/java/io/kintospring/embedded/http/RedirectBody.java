package io.kintospring.embedded.http;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kintospring.embedded.request.Negotiation;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Text of a redirect, in one of the formats of Pyramid.
 */
enum RedirectBody {

	/**
	 * Web page, which clients get that accept everything.
	 */
	HTML(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)) {

		@Override
		String write(String explanation) {
			return """
					<html>
					 <head>
					  <title>307 Temporary Redirect</title>
					 </head>
					 <body>
					  <h1>307 Temporary Redirect</h1>
					  %s


					 </body>
					</html>""".formatted(HtmlUtils.htmlEscape(explanation, "UTF-8").replace("&#39;", "&#x27;"));
		}

	},

	/**
	 * JSON.
	 */
	JSON(MediaType.APPLICATION_JSON) {

		@Override
		String write(String explanation) {
			return JsonNodeFactory.instance.objectNode()
				.put("message", explanation + "\n\n")
				.put("code", "307 Temporary Redirect")
				.put("title", "Temporary Redirect")
				.toString();
		}

	},

	/**
	 * Plain text, which clients get that accept none of the other formats.
	 */
	TEXT(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8)) {

		@Override
		String write(String explanation) {
			return "307 Temporary Redirect\n\n%s\n\n".formatted(explanation);
		}

	};

	private final MediaType type;

	RedirectBody(MediaType type) {
		this.type = type;
	}

	/**
	 * Select the format that a client prefers.
	 * @param headers the headers of the request
	 * @return the format
	 */
	static RedirectBody accepted(HttpHeaders headers) {
		if (!headers.containsHeader(HttpHeaders.ACCEPT)) {
			return TEXT;
		}
		try {
			List<MediaType> ranges = headers.getAccept();
			RedirectBody preferred = (JSON.quality(ranges) > HTML.quality(ranges)) ? JSON : HTML;
			return (preferred.quality(ranges) > 0) ? preferred : TEXT;
		}
		catch (InvalidMediaTypeException ex) {
			return HTML;
		}
	}

	MediaType type() {
		return this.type;
	}

	/**
	 * Write the body.
	 * @param explanation the sentence that explains the redirect
	 * @return the text of the body
	 */
	abstract String write(String explanation);

	/**
	 * Return the quality that the client wants this format with. As in Pyramid, a range
	 * with parameters includes nothing.
	 */
	private double quality(List<MediaType> ranges) {
		return Negotiation
			.quality(ranges.stream().filter((range) -> Negotiation.isBare(range) && range.includes(this.type)));
	}

}
