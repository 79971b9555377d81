package core

// socialProviders are the providers in the order they are looked up: a plugin's provider hides a configured
// one of the same id.
type socialProviders struct {
	added, configured []Provider
}

// AddProvider adds a social provider. Plugins call it from Register, before the server answers requests.
func (a *Auth) AddProvider(p Provider) {
	if a.Provider(p.ID()) != nil {
		a.log.Warn("two social providers have one id: the one that came first is used, a plugin's before a configured one", "provider", p.ID())
	}
	a.social.added = append(a.social.added, p)
}

// Provider returns the social provider of an id; nil when there is none.
func (a *Auth) Provider(id string) Provider {
	for _, list := range [][]Provider{a.social.added, a.social.configured} {
		for _, p := range list {
			if p.ID() == id {
				return p
			}
		}
	}
	return nil
}

// trustsProvider reports that the options, or a hook, vouch for what a provider says about addresses.
func (a *Auth) trustsProvider(call *Call, id string) bool {
	trusted := a.opts.Account.AccountLinking.TrustedProviders
	for i := range a.hooks {
		if more := a.hooks[i].TrustedProviders; more != nil {
			trusted = append(trusted[:len(trusted):len(trusted)], more(call.request)...)
		}
	}
	for _, name := range trusted {
		if name == id {
			return true
		}
	}
	return false
}
