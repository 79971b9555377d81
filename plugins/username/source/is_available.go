package username

import (
	"context"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

// IsAvailableInput is the body of POST /is-username-available.
type IsAvailableInput struct {
	Username string `json:"username"`
}

// IsAvailableOutput is the answer to IsAvailableInput.
type IsAvailableOutput struct {
	Available bool `json:"available"`
}

// IsAvailable reports whether nobody has a name. Anybody may ask; to keep names secret, disable the path.
func (p *Plugin) IsAvailable(ctx context.Context, _ *core.Call, in IsAvailableInput) (*IsAvailableOutput, error) {
	if in.Username == "" {
		return nil, ErrLookupInvalid
	}
	if err := p.checkLookup(ctx, in.Username); err != nil {
		return nil, err
	}
	owner, err := p.owner(ctx, p.normalize(in.Username))
	if err != nil {
		return nil, err
	}
	return &IsAvailableOutput{Available: owner == nil}, nil
}
