package io.kintospring.sample;

import java.time.Instant;
import java.util.List;

import io.kintospring.KintoConflictException;
import io.kintospring.KintoNotFoundException;
import io.kintospring.KintoObject;
import io.kintospring.KintoTimestamp;
import io.kintospring.template.KintoPage;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.propertyeditors.StringTrimmerEditor;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Controller for the pages of the blog. A form contains the version of its post, so that
 * a user cannot overwrite or delete changes of other users.
 */
@Controller
class PostController {

	/** Path of a post. An id that is invalid in Kinto results in a 404 response. */
	private static final String POST = "/posts/{id:[a-zA-Z0-9][a-zA-Z0-9_-]*}";

	private final Blog blog;

	PostController(Blog blog) {
		this.blog = blog;
	}

	@InitBinder
	void trim(WebDataBinder binder) {
		binder.registerCustomEditor(String.class, new StringTrimmerEditor("\r", false));
	}

	@GetMapping("/")
	String list(@RequestParam @Nullable Instant before, Model model) {
		KintoPage<Post> page = this.blog.list(before);
		List<KintoObject<Post>> posts = page.data();
		model.addAttribute("posts", posts);
		model.addAttribute("newest", before == null);
		if (page.hasNext()) {
			model.addAttribute("older", posts.get(posts.size() - 1).data().published());
		}
		return "posts";
	}

	@GetMapping(POST)
	String read(@PathVariable String id, Model model) {
		model.addAttribute("post", this.blog.read(id));
		return "post";
	}

	@GetMapping("/posts/new")
	String newPost(Model model) {
		model.addAttribute("form", new PostForm("", "", ""));
		return "form";
	}

	@PostMapping("/posts")
	ModelAndView publish(@Valid @ModelAttribute("form") PostForm form, BindingResult errors,
			RedirectAttributes redirect) {
		if (errors.hasErrors()) {
			return new ModelAndView("form", HttpStatus.UNPROCESSABLE_CONTENT);
		}
		KintoObject<Post> post = this.blog.publish(form);
		redirect.addFlashAttribute("notice", "Published.");
		return new ModelAndView("redirect:/posts/" + post.id());
	}

	@GetMapping(POST + "/edit")
	String edit(@PathVariable String id, Model model) {
		KintoObject<Post> post = this.blog.read(id);
		model.addAttribute("form", PostForm.of(post.data()));
		model.addAttribute("version", post.lastModified());
		return "form";
	}

	@PostMapping(POST)
	ModelAndView save(@PathVariable String id, @RequestParam KintoTimestamp version,
			@Valid @ModelAttribute("form") PostForm form, BindingResult errors, RedirectAttributes redirect) {
		if (errors.hasErrors()) {
			return new ModelAndView("form", HttpStatus.UNPROCESSABLE_CONTENT).addObject("version", version);
		}
		try {
			this.blog.edit(id, version, form);
		}
		catch (KintoConflictException ex) {
			return new ModelAndView("conflict", HttpStatus.CONFLICT).addObject("theirs",
					ex.existing(Post.class).orElseThrow(() -> ex));
		}
		catch (KintoNotFoundException ex) {
			return new ModelAndView("gone", HttpStatus.CONFLICT);
		}
		redirect.addFlashAttribute("notice", "Saved.");
		return new ModelAndView("redirect:/posts/" + id);
	}

	@PostMapping(POST + "/delete")
	String delete(@PathVariable String id, @RequestParam KintoTimestamp version, RedirectAttributes redirect) {
		try {
			this.blog.delete(id, version);
			redirect.addFlashAttribute("notice", "Deleted.");
		}
		catch (KintoConflictException ex) {
			redirect.addFlashAttribute("warning",
					"The post was not deleted, because it has changed since you opened it. This is the current version.");
			return "redirect:/posts/" + id;
		}
		catch (KintoNotFoundException ex) {
			redirect.addFlashAttribute("warning", "The post was already deleted.");
		}
		return "redirect:/";
	}

}
