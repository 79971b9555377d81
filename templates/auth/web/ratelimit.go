package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// unknownClient stands for the address in the keys of requests whose client is
// not known. They share one allowance.
const unknownClient = "no-trusted-ip"

// Rule allows Max requests to one path from one client. The count starts anew
// when the client has had no request allowed for Window.
type Rule struct {
	Window time.Duration
	Max    int
}

// PathRule is a Rule for the paths it lists, whole or by their beginning.
type PathRule struct {
	Paths    []string
	Prefixes []string
	Rule     Rule
}

func (r PathRule) matches(path string) bool {
	return slices.Contains(r.Paths, path) ||
		slices.ContainsFunc(r.Prefixes, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
}

// CustomRule is a user's own rule. Path is a whole path or a pattern in which *
// stands for one segment or a part of it, ** for any number of segments.
type CustomRule struct {
	Path string
	Rule Rule
	// Unlimited takes the limit off these paths.
	Unlimited bool
	// Decide, when set, takes the place of Rule. It is given the rule that would
	// apply and returns the one that shall, or false for no limit.
	Decide func(r *http.Request, rule Rule) (Rule, bool)
}

// SpecialRules are the stricter limits of paths that take a password or send
// mail.
func SpecialRules() []PathRule {
	return []PathRule{
		{
			Prefixes: []string{"/sign-in", "/sign-up", "/change-password", "/change-email"},
			Rule:     Rule{Window: 10 * time.Second, Max: 3},
		},
		{
			Paths: []string{
				"/request-password-reset", "/send-verification-email",
				"/email-otp/send-verification-otp", "/email-otp/request-password-reset",
			},
			Prefixes: []string{"/forget-password"},
			Rule:     Rule{Window: time.Minute, Max: 3},
		},
	}
}

// Store counts requests. Its method has plain types so that implementations
// need not know this package.
type Store interface {
	// Consume records one request under key and decides it, in one atomic step,
	// so that requests arriving together cannot all read the same count. A
	// request past the limit is not recorded; retryAfter is then the time, in
	// whole seconds, after which one will be allowed.
	Consume(ctx context.Context, key string, window time.Duration, limit int) (allowed bool, retryAfter int, err error)
}

// Limits are the rules of a Limiter. A later kind overrides an earlier one; in
// a list the first rule that matches counts.
type Limits struct {
	Default Rule
	Special []PathRule
	Plugins []PathRule
	Custom  []CustomRule
}

// Limiter decides requests by client address and path.
type Limiter struct {
	store  Store
	limits Limits
	paths  []PathPattern // of Custom
}

// NewLimiter returns a limiter that counts in store.
func NewLimiter(store Store, limits Limits) *Limiter {
	l := &Limiter{store: store, limits: limits, paths: make([]PathPattern, len(limits.Custom))}
	for i, rule := range limits.Custom {
		l.paths[i] = NewPathPattern(rule.Path)
	}
	return l
}

// Allow counts one request from address to path, which is without the base
// path. When it is not allowed, retryAfter is the time to wait in seconds. An
// empty address is a client that is not known.
func (l *Limiter) Allow(r *http.Request, address, path string) (allowed bool, retryAfter int, err error) {
	rule, limited := l.ruleFor(r, path)
	if !limited {
		return true, 0, nil
	}
	if address == "" {
		address = unknownClient
	}
	allowed, retryAfter, err = l.store.Consume(r.Context(), address+"|"+path, rule.Window, rule.Max)
	if err != nil {
		return false, 0, fmt.Errorf("count request: %w", err)
	}
	return allowed, retryAfter, nil
}

func (l *Limiter) ruleFor(r *http.Request, path string) (rule Rule, limited bool) {
	rule = l.limits.Default
	for _, list := range [][]PathRule{l.limits.Special, l.limits.Plugins} {
		if i := slices.IndexFunc(list, func(r PathRule) bool { return r.matches(path) }); i >= 0 {
			rule = list[i].Rule
		}
	}
	for i, custom := range l.limits.Custom {
		if !l.paths[i].Match(path) {
			continue
		}
		switch {
		case custom.Unlimited:
			return rule, false
		case custom.Decide != nil:
			return custom.Decide(r, rule)
		default:
			return custom.Rule, true
		}
	}
	return rule, true
}
