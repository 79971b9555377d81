package social

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const discordID = "discord"

// DiscordOptions are the settings of sign-in with Discord.
type DiscordOptions struct {
	Options
	// Permissions are those of the bot, as Discord's bit set. They are sent with the scope bot only.
	Permissions *int
}

// DefaultDiscordOptions returns Better Auth's defaults.
func DefaultDiscordOptions() DiscordOptions { return DiscordOptions{Options: Options{Prompt: "none"}} }

// Discord is sign-in with Discord.
func Discord(o DiscordOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: discordID,
		Authorization: Authorization{
			URL:            "https://discord.com/api/oauth2/authorize",
			Scopes:         []string{"identify", "email"},
			RequestedFirst: true,
			Prompt:         DefaultDiscordOptions().Prompt,
			Rewrite:        o.addPermissions,
		},
		Token:    Token{URL: "https://discord.com/api/oauth2/token"},
		UserInfo: discordUser,
	}, o.Options, f)
}

func (o DiscordOptions) addPermissions(q Query) Query {
	if o.Permissions != nil && slices.Contains(strings.Fields(q.Get("scope")), "bot") {
		q.Set(Param{"permissions", strconv.Itoa(*o.Permissions)})
	}
	return q
}

type discordProfile struct {
	ID            string `json:"id"`
	Username      string `json:"username"`
	GlobalName    string `json:"global_name"`
	Discriminator string `json:"discriminator"`
	Avatar        string `json:"avatar"`
	Email         string `json:"email"`
	Verified      Flag   `json:"verified"`
}

// image returns the URL of the avatar. People without one have one of Discord's, which follows from
// their id, or from the number after their name if they still have it.
func (p discordProfile) image() string {
	if p.Avatar != "" {
		format := "png"
		if strings.HasPrefix(p.Avatar, "a_") {
			format = "gif"
		}
		return fmt.Sprintf("https://cdn.discordapp.com/avatars/%s/%s.%s", p.ID, p.Avatar, format)
	}
	number, _ := strconv.ParseUint(p.Discriminator, 10, 64)
	index := number % 5
	if p.Discriminator == "0" {
		snowflake, _ := strconv.ParseUint(p.ID, 10, 64)
		index = snowflake >> 22 % 6
	}
	return fmt.Sprintf("https://cdn.discordapp.com/embed/avatars/%d.png", index)
}

func discordUser(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
	var p discordProfile
	data, err := g.Fetch(ctx, Request{URL: "https://discord.com/api/users/@me"}, &p)
	if err != nil {
		return nil, err
	}
	if data, err = With(data, "image_url", p.image()); err != nil {
		return nil, err
	}
	return &core.ProviderProfile{
		AccountID:     p.ID,
		Name:          cmp.Or(p.GlobalName, p.Username),
		Email:         p.Email,
		EmailVerified: bool(p.Verified),
		Image:         Image(p.image()),
		Data:          data,
	}, nil
}
