package social

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const vkID = "vk"

// VKOptions are the settings of sign-in with VK ID.
type VKOptions struct{ Options }

// VK is sign-in with VK ID. Only people whose address it tells can sign in, unless
// Funcs.MapProfileToUser knows one.
func VK(o VKOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: vkID,
		Authorization: Authorization{
			URL:    "https://id.vk.com/authorize",
			Scopes: []string{"email", "phone"},
			PKCE:   true,
		},
		Token: Token{
			URL:    "https://id.vk.com/oauth2/auth",
			Params: func(r core.CodeExchange) Query { return Query{{"device_id", r.DeviceID}} },
		},
		UserInfo:   o.user,
		NeedsEmail: true,
	}, o.Options, f)
}

type vkProfile struct {
	UserID    Text   `json:"user_id"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name"`
	Email     string `json:"email"`
	Avatar    string `json:"avatar"`
}

// user posts the access token, which VK ID wants in the form. Users can have the fields first_name,
// last_name, birthday and sex.
func (o VKOptions) user(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
	if g.AccessToken == "" {
		return nil, errNoAccessToken
	}
	var answer struct {
		User json.RawMessage `json:"user"`
	}
	data, err := g.Client().Fetch(ctx, Request{
		URL:  "https://id.vk.com/oauth2/user_info",
		Form: Query{{"access_token", g.AccessToken}, {"client_id", o.ClientID()}},
	}, &answer)
	if err != nil {
		return nil, err
	}
	var p vkProfile
	var fields map[string]json.RawMessage
	if err := errors.Join(json.Unmarshal(answer.User, &p), json.Unmarshal(answer.User, &fields)); err != nil {
		return nil, err
	}
	maps.DeleteFunc(fields, func(name string, _ json.RawMessage) bool {
		return !slices.Contains([]string{"first_name", "last_name", "birthday", "sex"}, name)
	})
	return &core.ProviderProfile{
		AccountID: string(p.UserID),
		Name:      p.FirstName + " " + p.LastName,
		Email:     p.Email,
		Image:     Image(p.Avatar),
		Fields:    fields,
		Data:      data,
	}, nil
}
