package username

import (
	"context"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/web"
)

const afterNormalization = "post-normalization"

// normalize returns the form in which a name is stored and compared.
func (p *Plugin) normalize(username string) string {
	switch {
	case p.funcs.NormalizeUsername != nil:
		return p.funcs.NormalizeUsername(username)
	case p.options.UsernameNormalization:
		return strings.ToLower(username)
	}
	return username
}

// normalizeDisplay returns the form in which a name to display is stored.
func (p *Plugin) normalizeDisplay(displayUsername string) string {
	if p.funcs.NormalizeDisplayUsername != nil {
		return p.funcs.NormalizeDisplayUsername(displayUsername)
	}
	return displayUsername
}

// check refuses a name that must not be stored.
func (p *Plugin) check(ctx context.Context, username string) error {
	return p.checkWith(ctx, username, ErrTooShort, ErrTooLong, ErrInvalid)
}

// checkLookup refuses a name that nobody can have.
func (p *Plugin) checkLookup(ctx context.Context, username string) error {
	return p.checkWith(ctx, username, ErrLookupTooShort, ErrLookupTooLong, ErrLookupInvalid)
}

func (p *Plugin) checkWith(ctx context.Context, username string, tooShort, tooLong, invalid *core.Error) error {
	if p.options.ValidationOrder.Username == afterNormalization {
		username = p.normalize(username)
	}
	switch length := web.Length(username); {
	case length < p.options.MinUsernameLength:
		return tooShort
	case length > p.options.MaxUsernameLength:
		return tooLong
	case !p.valid(ctx, username):
		return invalid
	}
	return nil
}

func (p *Plugin) valid(ctx context.Context, username string) bool {
	if p.funcs.ValidateUsername != nil {
		return p.funcs.ValidateUsername(ctx, username)
	}
	for i := range len(username) {
		switch c := username[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '_', c == '.':
		default:
			return false
		}
	}
	return username != ""
}

// checkDisplay refuses a name that must not be displayed.
func (p *Plugin) checkDisplay(ctx context.Context, displayUsername string) error {
	if p.options.ValidationOrder.DisplayUsername == afterNormalization {
		displayUsername = p.normalizeDisplay(displayUsername)
	}
	if validate := p.funcs.ValidateDisplayUsername; validate != nil && !validate(ctx, displayUsername) {
		return ErrInvalidDisplay
	}
	return nil
}
