package cli

import (
	"maps"
	"slices"
	"strings"

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
	o := m.Options
	secret, baseURL := firstOf(o.Secret, getenv("BETTER_AUTH_SECRET")), firstOf(o.BaseURL, getenv("BETTER_AUTH_URL"))
	https, advice := strings.HasPrefix(baseURL, "https://"), "set BETTER_AUTH_URL to the https address of the server"
	if len(o.DynamicBaseURL.AllowedHosts) > 0 {
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
		judge("a secret of at least 32 characters", len(secret) >= 32, "set BETTER_AUTH_SECRET to the output of betterauth-gen secret"),
		judge("an explicit https base URL", https, advice),
		judge("trusted origins name no wildcard host", !wildcard(o.TrustedOrigins), "list the origins one by one in trustedOrigins"),
		judge("rate limits are on", limited, "set rateLimit.enabled: true, or BETTER_AUTH_ENV=production"),
		{Item: "rate limits are shared between instances", State: "todo",
			Advice: "counters are in memory: run one instance, or limit in the proxy"},
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
			"set BETTER_AUTH_URL to the https address, and register the callbacks with the providers"),
	}
}

func plainCallback(p providerJSON) bool {
	return p.Enabled && !strings.HasPrefix(p.Callback, "https://")
}

// wildcard reports an origin that trusts every host.
func wildcard(origins []string) bool {
	return slices.ContainsFunc(origins, func(o string) bool { return o == "*" || o == "https://*" || o == "http://*" })
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
