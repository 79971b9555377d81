package core

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/ratelimit"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

// configureLimits sets up the rate limiter and the detection of client addresses it needs.
func (a *Auth) configureLimits() error {
	ip := a.opts.Advanced.IPAddress
	proxies, err := web.ParseProxies(ip.TrustedProxies)
	if err != nil {
		return err
	}
	a.clientIP = web.ClientIP{Headers: ip.IPAddressHeaders, TrustedProxies: proxies, IPv6Subnet: ip.IPv6Subnet}
	if !a.production {
		a.clientIP.Fallback = "127.0.0.1"
	}
	enabled := a.production
	override(&enabled, a.opts.RateLimit.Enabled)
	if !enabled || ip.DisableIPTracking {
		return nil
	}
	if err := a.configureCounters(); err != nil {
		return err
	}
	a.limiter = web.NewLimiter(a.counters, web.Limits{
		Default: web.Rule{Window: seconds(a.opts.RateLimit.Window), Max: a.opts.RateLimit.Max},
		Special: web.SpecialRules(),
		Plugins: a.pluginLimits,
		Custom:  append(a.hookedLimits(), a.customLimits()...),
	})
	return nil
}

// configureCounters chooses where requests are counted.
func (a *Auth) configureCounters() error {
	switch storage := a.opts.RateLimit.Storage; {
	case a.counters != nil:
	case storage == "database":
		rows, ok := a.store.(ratelimit.Store)
		if !ok {
			return errors.New("rateLimit.storage is database, but the store has no queries for it: run betterauth-gen generate")
		}
		a.counters = ratelimit.NewDatabase(rows, a.now)
	case storage == "secondary-storage" && a.secondary == nil:
		return errors.New("rateLimit.storage is secondary-storage, but there is none")
	case storage == "memory" || a.secondary == nil:
		a.counters = web.NewMemoryStore(a.now)
	default:
		a.counters = ratelimit.NewSecondary(a.secondary)
	}
	return nil
}

// pruneCounters removes what no limit needs any more, where the storage does not do so by itself.
func (a *Auth) pruneCounters(ctx context.Context) {
	database, ok := a.counters.(*ratelimit.Database)
	if !ok || !database.PruneDue() {
		return
	}
	a.Background(ctx, func(ctx context.Context) {
		if err := database.Prune(ctx); err != nil {
			a.log.ErrorContext(ctx, "deleting old request counters", "error", err)
		}
	})
}

// hookedLimits are the rules of hooks, the application's first.
func (a *Auth) hookedLimits() []web.CustomRule {
	var custom []web.CustomRule
	for _, hooks := range slices.Backward(a.hooks) {
		custom = append(custom, hooks.RateLimits...)
	}
	return custom
}

// customLimits are the rules of the options.
func (a *Auth) customLimits() []web.CustomRule {
	rules := a.opts.RateLimit.CustomRules
	custom := make([]web.CustomRule, len(rules))
	for i, of := range rules {
		custom[i] = web.CustomRule{
			Path:      of.Path,
			Rule:      web.Rule{Window: seconds(of.Rule.Window), Max: of.Rule.Max},
			Unlimited: of.Rule == RateLimitRule{},
		}
	}
	return custom
}

// withinLimit counts the request and answers one that is too many. A path with a slash at its end counts with
// the one without. A limiter that does not work lets nobody through, and blames nobody.
func (a *Auth) withinLimit(w http.ResponseWriter, r *http.Request, path string) bool {
	if a.limiter == nil {
		return true
	}
	address := a.clientAddress(r)
	if address == "" {
		address = a.unknownAddress(r)
	}
	a.pruneCounters(r.Context())
	allowed, retry, err := a.limiter.Allow(r, address, strings.TrimRight(path, "/"))
	switch {
	case err != nil:
		a.failed(r.Context(), r, err)
		w.WriteHeader(http.StatusInternalServerError)
	case !allowed:
		a.Audit(r.Context(), EventRateLimited, "")
		tooManyRequests(w, retry)
	}
	return allowed
}

// warnInterval is how often the log says that addresses are unknown.
const warnInterval = 10 * time.Minute

// unknownAddress stands in for the address of a client no header tells of. Without a proxy the
// connection is the client's own. Behind one whose header is not configured all clients share one
// limit, and anybody can use it up for everybody: the log keeps saying so.
func (a *Auth) unknownAddress(r *http.Request) string {
	address, ip := "", a.opts.Advanced.IPAddress
	if ip.UnknownAddress == "connection" {
		address = a.clientIP.Connection(r.RemoteAddr)
	}
	if intended := address != "" && len(ip.IPAddressHeaders) == 0; !intended {
		a.warnUnknownAddress(r.Context(), address)
	}
	return address
}

func (a *Auth) warnUnknownAddress(ctx context.Context, address string) {
	now, last := a.now().UnixNano(), a.warned.Load()
	if now-last < int64(warnInterval) || !a.warned.CompareAndSwap(last, now) {
		return
	}
	a.log.ErrorContext(ctx, "no header tells the address of a client: clients that reach the server through the same proxy share "+
		"one rate limit. Set advanced.ipAddress.ipAddressHeaders to the header your proxy sets and trustedProxies to its "+
		"address, or ipAddressHeaders to [] when there is no proxy", "counted as", firstOf(address, "one client"))
}

// clientAddress returns the address of the caller for the session row and rate limits, or "".
func (a *Auth) clientAddress(r *http.Request) string {
	if a.opts.Advanced.IPAddress.DisableIPTracking {
		return ""
	}
	return a.clientIP.Resolve(r.Header)
}
