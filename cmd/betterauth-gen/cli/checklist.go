package cli

import (
	"maps"
	"slices"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/generator/migration/live"
	"github.com/betterauth-gen/betterauth-gen/generator/resolve"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// checkJSON is one item of the production checklist. State is "ok", "todo" or "n/a".
type checkJSON struct {
	Item   string `json:"item"`
	State  string `json:"state"`
	Advice string `json:"advice,omitempty"`
}

// checklist judges a configuration and its environment as if it went to production today.
func checklist(m *resolve.Model, getenv func(string) string) []checkJSON {
	o := inForce(m, getenv)
	baseURL := firstOf(o.BaseURL, getenv("BETTER_AUTH_URL"))
	https, advice := strings.HasPrefix(baseURL, "https://"), "set BETTER_AUTH_URL to the https address of the server"
	if manyHosts(o) {
		https, advice = o.DynamicBaseURL.Protocol == "https", "set baseURL.protocol: https"
	}
	limited := core.Production(o, func(name string) string {
		if name == "BETTER_AUTH_URL" {
			return baseURL
		}
		return getenv(name)
	})
	if o.RateLimit.Enabled != nil {
		limited = *o.RateLimit.Enabled
	}
	items := []checkJSON{
		judge("a secret of at least 32 characters", len(currentSecret(o, getenv)) >= 32, "set BETTER_AUTH_SECRET to the output of betterauth-gen secret"),
		judge("an explicit https base URL", https, advice),
		judge("trusted origins name no wildcard host", !wildcard(o.TrustedOrigins) && !wildcard(strings.Split(getenv("BETTER_AUTH_TRUSTED_ORIGINS"), ",")),
			"list the origins one by one in trustedOrigins or BETTER_AUTH_TRUSTED_ORIGINS"),
		judge("rate limits are on", limited, "set rateLimit.enabled: true, or BETTER_AUTH_ENV=production"),
		judge("rate limits are shared between instances", sharesCounters(m, o), "counters are in memory: "+shareAdvice(m)+", or run one instance"),
		judge("CSRF and origin checks are on", !o.Advanced.DisableCSRFCheck && !o.Advanced.DisableOriginCheck,
			"remove advanced.disableCSRFCheck and advanced.disableOriginCheck"),
		cacheCheck(o.Session.CookieCache),
		judge("client addresses come from your proxy", o.Advanced.IPAddress.DisableIPTracking || len(o.Advanced.IPAddress.TrustedProxies) > 0,
			"set advanced.ipAddress.trustedProxies, and ipAddressHeaders to the header your proxy sets"),
		{Item: "mails are sent in the background", State: "ok"},
		judge("mails are sent at all", getenv("SMTP_URL") != "", "set SMTP_URL; without it no link reaches anybody in production"),
	}
	items = append(items, socialChecks(m, getenv)...)
	return append(items, passwordChecks(m)...)
}

// inForce returns the options as the server takes them from the file and the environment.
func inForce(m *resolve.Model, getenv func(string) string) core.Options {
	o := m.Config.DefaultOptions()
	if config.Apply(m.Settings, &o, getenv) != nil {
		return m.Options // resolving has reported it
	}
	return o
}

// manyHosts reports that requests decide the base URL.
func manyHosts(o core.Options) bool { return len(o.DynamicBaseURL.AllowedHosts) > 0 }

// currentSecret returns the secret that signs: the first of several with versions, where there are some.
func currentSecret(o core.Options, getenv func(string) string) string {
	if len(o.Secrets) > 0 {
		return o.Secrets[0].Value
	}
	if first, _, _ := strings.Cut(getenv("BETTER_AUTH_SECRETS"), ","); first != "" {
		_, secret, _ := strings.Cut(first, ":")
		return strings.TrimSpace(secret)
	}
	return firstOf(o.Secret, getenv("BETTER_AUTH_SECRET"), getenv("AUTH_SECRET"))
}

// sharesCounters reports that requests are counted where all instances see it. Unset, secondary storage counts
// where there is some.
func sharesCounters(m *resolve.Model, o core.Options) bool {
	storage := o.RateLimit.Storage
	return storage == "database" || storage == "secondary-storage" || storage == "" && m.SecondaryStorage != ""
}

func shareAdvice(m *resolve.Model) string {
	switch {
	case m.SecondaryStorage != "":
		return "set rateLimit.storage: secondary-storage"
	case m.Database:
		return "set rateLimit.storage: database, or secondaryStorage: redis"
	}
	return "set secondaryStorage: redis"
}

// passwordChecks judges what passwords are accepted, if there are any.
func passwordChecks(m *resolve.Model) []checkJSON {
	if !m.Options.EmailAndPassword.Enabled {
		return nil
	}
	items := []checkJSON{judge("passwords from data breaches are refused", uses(m, "have-i-been-pwned"),
		"add have-i-been-pwned, or check passwords in Hooks.NewPassword")}
	if uses(m, "two-factor") {
		return items
	}
	return append(items, judge("passwords are long, being the only factor", m.Options.EmailAndPassword.MinPasswordLength >= 15,
		"set emailAndPassword.minPasswordLength: 15, or add two-factor"))
}

// uses reports whether a plugin is turned on.
func uses(m *resolve.Model, id string) bool {
	return slices.ContainsFunc(m.Plugins, func(p resolve.Plugin) bool { return p.ID == id })
}

func judge(item string, ok bool, advice string) checkJSON {
	if ok {
		return checkJSON{Item: item, State: "ok"}
	}
	return checkJSON{Item: item, State: "todo", Advice: advice}
}

func cacheCheck(o core.CookieCacheOptions) checkJSON {
	const item = "the cookie cache is encrypted"
	if !o.Enabled {
		return checkJSON{Item: item, State: "n/a", Advice: "the cookie cache is off"}
	}
	return judge(item, o.Strategy == "jwe", "set session.cookieCache.strategy: jwe")
}

// socialChecks judges the social providers, if there are any.
func socialChecks(m *resolve.Model, getenv func(string) string) []checkJSON {
	list := providers(m, getenv)
	if len(list) == 0 {
		return []checkJSON{{Item: "OAuth tokens are encrypted", State: "n/a", Advice: "no social provider is configured"}}
	}
	unset := unsetVariables(m, getenv)
	return []checkJSON{
		judge("OAuth tokens are encrypted", m.Options.Account.EncryptOAuthTokens, "set account.encryptOAuthTokens: true"),
		judge("social providers have their ids and secrets", len(unset) == 0, "set "+strings.Join(unset, ", ")),
		judge("redirect URIs of social providers are https", !slices.ContainsFunc(list, plainCallback),
			callbackAdvice(m)),
	}
}

// callbackAdvice says where the address in redirect URIs comes from.
func callbackAdvice(m *resolve.Model) string {
	const register = ", and register the callbacks with the providers"
	switch {
	case manyHosts(m.Options):
		return "set baseURL.protocol: https, and an https address where there is a baseURL.fallback or redirectURI" + register
	case m.Config.Has("baseURL"):
		return "set baseURL to the https address" + register
	}
	return "set BETTER_AUTH_URL to the https address" + register
}

func plainCallback(p providerJSON) bool {
	return p.Enabled && !strings.HasPrefix(p.Callback, "https://")
}

// wildcard reports an origin that trusts every host.
func wildcard(origins []string) bool {
	return slices.ContainsFunc(origins, func(origin string) bool {
		host := strings.TrimSpace(origin)
		if _, after, ok := strings.Cut(host, "://"); ok {
			host = after
		}
		return host != "" && strings.Trim(host, "*?") == ""
	})
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func redact(url string) string { return live.RedactURL(url) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
