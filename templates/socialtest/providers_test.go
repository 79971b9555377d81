// Package socialtest tests the providers of package social against recordings of Better Auth 1.7.5. It
// is no part of an application: of package social an application has only the providers it uses.
package socialtest

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/social"
)

// construct makes a provider from options as betterauth.yaml has them.
type construct func(t testing.TB, options json.RawMessage, f social.Funcs) core.Provider

// from is the construct of a provider and its default options.
func from[O any](provider func(O, social.Funcs) core.Provider, defaults ...func() O) construct {
	return func(t testing.TB, options json.RawMessage, f social.Funcs) core.Provider {
		var o O
		for _, d := range defaults {
			o = d()
		}
		set(t, reflect.ValueOf(&o).Elem(), options)
		return provider(o, f)
	}
}

func constructs() map[string]construct {
	return map[string]construct{
		"apple":       from(social.Apple),
		"atlassian":   from(social.Atlassian),
		"cloudflare":  from(social.Cloudflare),
		"cognito":     from(social.Cognito),
		"discord":     from(social.Discord, social.DefaultDiscordOptions),
		"dropbox":     from(social.Dropbox),
		"facebook":    from(social.Facebook),
		"figma":       from(social.Figma),
		"github":      from(social.GitHub),
		"gitlab":      from(social.GitLab, social.DefaultGitLabOptions),
		"google":      from(social.Google, social.DefaultGoogleOptions),
		"huggingface": from(social.HuggingFace),
		"kakao":       from(social.Kakao),
		"kick":        from(social.Kick),
		"line":        from(social.Line),
		"linear":      from(social.Linear),
		"linkedin":    from(social.LinkedIn),
		"microsoft":   from(social.Microsoft, social.DefaultMicrosoftOptions),
		"naver":       from(social.Naver),
		"notion":      from(social.Notion),
		"paybin":      from(social.Paybin, social.DefaultPaybinOptions),
		"paypal":      from(social.PayPal, social.DefaultPayPalOptions),
		"polar":       from(social.Polar),
		"railway":     from(social.Railway),
		"reddit":      from(social.Reddit),
		"roblox":      from(social.Roblox, social.DefaultRobloxOptions),
		"salesforce":  from(social.Salesforce, social.DefaultSalesforceOptions),
		"slack":       from(social.Slack),
		"spotify":     from(social.Spotify),
		"tiktok":      from(social.TikTok),
		"twitch":      from(social.Twitch, social.DefaultTwitchOptions),
		"twitter":     from(social.Twitter),
		"vercel":      from(social.Vercel),
		"vk":          from(social.VK),
		"wechat":      from(social.WeChat, social.DefaultWeChatOptions),
		"zoom":        from(social.Zoom, social.DefaultZoomOptions),
	}
}

// set fills in the fields of o that options name.
func set(t testing.TB, o reflect.Value, options json.RawMessage) {
	t.Helper()
	var values map[string]json.RawMessage
	decode(t, options, &values)
	for key, value := range values {
		field := fieldOf(o.Type(), key)
		if field == nil {
			t.Fatalf("%s has no option %q", o.Type(), key)
		}
		if field.Tag.Get("single") == "true" && value[0] == '"' {
			value = json.RawMessage("[" + string(value) + "]")
		}
		decode(t, value, o.FieldByIndex(field.Index).Addr().Interface())
	}
}

// fieldOf returns the field an option is in; nil for none.
func fieldOf(options reflect.Type, key string) *reflect.StructField {
	for _, f := range reflect.VisibleFields(options) {
		name := f.Tag.Get("name")
		if !f.Anonymous && (name == key || name == "" && strings.EqualFold(f.Name, key)) {
			return &f
		}
	}
	return nil
}

func decode(t testing.TB, text []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}
