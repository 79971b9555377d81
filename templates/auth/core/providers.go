package core

import "slices"

// socialProviders are the providers in the order they are looked up: a plugin's provider hides a configured
// one of the same id.
type socialProviders struct {
	added      []addedProvider
	configured []Provider
}

// addedProvider is a provider that may have to be found first.
type addedProvider struct {
	id   string
	find func() Provider
}

// AddProvider adds a social provider. Plugins call it from Register, before the server answers requests.
func (a *Auth) AddProvider(p Provider) {
	a.AddProviderFunc(p.ID(), func() Provider { return p })
}

// AddProviderFunc adds a social provider that cannot be made yet, because it has to be asked where its
// endpoints are. find is called whenever the provider is needed; nil means that it cannot be used now.
func (a *Auth) AddProviderFunc(id string, find func() Provider) {
	if slices.Contains(a.ProviderIDs(), id) {
		a.log.Warn("two social providers have one id: the one that came first is used, a plugin's before a configured one", "provider", id)
	}
	a.social.added = append(a.social.added, addedProvider{id, find})
}

// ProviderIDs returns the ids of the social providers in the order they are looked up.
func (a *Auth) ProviderIDs() []string {
	var ids []string
	for _, p := range a.social.added {
		ids = append(ids, p.id)
	}
	for _, p := range a.social.configured {
		ids = append(ids, p.ID())
	}
	return ids
}

// Provider returns the social provider of an id; nil when there is none.
func (a *Auth) Provider(id string) Provider {
	for _, p := range a.social.added {
		if p.id == id {
			return p.find()
		}
	}
	for _, p := range a.social.configured {
		if p.ID() == id {
			return p
		}
	}
	return nil
}

// checkProviders warns of providers that lack what they need, such as a client id: nobody can sign in
// with them, everything else works.
func (a *Auth) checkProviders() {
	for _, p := range a.social.configured {
		checked, ok := p.(interface{ Ready() error })
		if !ok {
			continue
		}
		if err := checked.Ready(); err != nil {
			a.log.Warn("a social provider cannot work", "error", err)
		}
	}
}

// trustsProvider reports that the options, or a hook, vouch for what a provider says about addresses.
func (a *Auth) trustsProvider(call *Call, id string) bool {
	trusted := a.opts.Account.AccountLinking.TrustedProviders
	for i := range a.hooks {
		if more := a.hooks[i].TrustedProviders; more != nil {
			trusted = append(trusted[:len(trusted):len(trusted)], more(call.request)...)
		}
	}
	return slices.Contains(trusted, id)
}
