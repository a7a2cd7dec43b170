package io.kintospring.docs;

import java.util.List;

import io.kintospring.boot.autoconfigure.KintoWebClientCustomizer;
import reactor.core.publisher.Mono;

import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientPropertiesMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.RemoveAuthorizedClientReactiveOAuth2AuthorizationFailureHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.reactive.function.client.ServerOAuth2AuthorizedClientExchangeFilterFunction;

@Configuration(proxyBeanMethods = false)
class KintoOAuth2Configuration {

	@Bean
	KintoWebClientCustomizer kintoOAuth2(OAuth2ClientProperties properties) {
		List<ClientRegistration> registrations = List
			.copyOf(new OAuth2ClientPropertiesMapper(properties).asClientRegistrations().values());
		ReactiveClientRegistrationRepository repository = new InMemoryReactiveClientRegistrationRepository(
				registrations);
		ReactiveOAuth2AuthorizedClientService tokens = new InMemoryReactiveOAuth2AuthorizedClientService(repository);
		ServerOAuth2AuthorizedClientExchangeFilterFunction oauth2 = new ServerOAuth2AuthorizedClientExchangeFilterFunction(
				new AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager(repository, tokens));
		oauth2.setDefaultClientRegistrationId("kinto");
		// one token for the application, and not one per user
		Authentication application = new AnonymousAuthenticationToken("kinto", "application",
				AuthorityUtils.createAuthorityList("ROLE_APPLICATION"));
		oauth2.setPrincipalResolver((request) -> Mono.just(application));
		// a token that Kinto refuses with 401 is not used again
		oauth2.setAuthorizationFailureHandler(
				new RemoveAuthorizedClientReactiveOAuth2AuthorizationFailureHandler((registration, principal,
						attributes) -> tokens.removeAuthorizedClient(registration, principal.getName())));
		return (builder) -> builder.filter(oauth2);
	}

}
