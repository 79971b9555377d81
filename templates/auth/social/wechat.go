package social

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const wechatID = "wechat"

// WeChatOptions are the settings of sign-in with WeChat. The client id is the AppID of a website
// application.
type WeChatOptions struct {
	Options
	// Lang is the language of the page with the QR code.
	Lang string `enum:"cn,en"`
}

// DefaultWeChatOptions returns Better Auth's defaults.
func DefaultWeChatOptions() WeChatOptions { return WeChatOptions{Lang: "cn"} }

// WeChat is sign-in with WeChat. It seldom tells addresses: people get a placeholder without.
func WeChat(o WeChatOptions, f Funcs) core.Provider {
	return New(Spec{
		ID: wechatID,
		Authorization: Authorization{
			URL:            "https://open.weixin.qq.com/connect/qrconnect#wechat_redirect",
			Scopes:         []string{"snsapi_login"},
			ScopeSeparator: ",",
			Rewrite:        o.rewrite,
		},
		Token:    Token{NeedsSecret: true, Exchange: o.exchange, Refresh: o.refresh},
		UserInfo: wechatUser,
	}, o.Options, f)
}

// rewrite names the client as WeChat does.
func (o WeChatOptions) rewrite(q Query) Query {
	out := q.Pick("scope", "response_type")
	out.Set(Param{"appid", o.ClientID()})
	out.Set(q.Pick("redirect_uri", "state")...)
	out.Set(Param{"lang", cmp.Or(o.Lang, DefaultWeChatOptions().Lang)})
	return out
}

func (o WeChatOptions) exchange(ctx context.Context, c *Client, r core.CodeExchange) (*core.OAuthTokens, error) {
	return wechatTokens(ctx, c, Request{
		URL: "https://api.weixin.qq.com/sns/oauth2/access_token",
		Query: Query{
			{"appid", o.ClientID()}, {"secret", o.ClientSecret}, {"code", r.Code}, {"grant_type", "authorization_code"},
		},
	})
}

func (o WeChatOptions) refresh(ctx context.Context, c *Client, refreshToken string) (*core.OAuthTokens, error) {
	return wechatTokens(ctx, c, Request{
		URL:   "https://api.weixin.qq.com/sns/oauth2/refresh_token",
		Query: Query{{"appid", o.ClientID()}, {"grant_type", "refresh_token"}, {"refresh_token", refreshToken}},
	})
}

// wechatTokens reads tokens. Errors have status 200 and a number.
func wechatTokens(ctx context.Context, c *Client, r Request) (*core.OAuthTokens, error) {
	raw := map[string]any{}
	if _, err := c.Fetch(ctx, r, &raw); err != nil {
		return nil, err
	}
	if code, _ := raw["errcode"].(float64); code != 0 || raw["access_token"] == nil {
		return nil, errors.New("the token endpoint reports an error")
	}
	tokens := Tokens(raw)
	tokens.TokenType = "Bearer"
	scope, _ := raw["scope"].(string)
	tokens.Scopes = strings.Split(scope, ",")
	return tokens, nil
}

type wechatProfile struct {
	UnionID    Text   `json:"unionid"`
	OpenID     Text   `json:"openid"`
	Nickname   string `json:"nickname"`
	Email      string `json:"email"`
	HeadImgURL string `json:"headimgurl"`
	ErrCode    int    `json:"errcode"`
}

// wechatUser asks for the profile of the openid that came with the tokens. It knows people by their
// unionid, which is the same in all applications of a developer, if they have one.
func wechatUser(ctx context.Context, g *Grant) (*core.ProviderProfile, error) {
	openID, _ := g.Raw["openid"].(string)
	if openID == "" {
		return nil, errors.New("the tokens are of nobody")
	}
	var p wechatProfile
	data, err := g.Client().Fetch(ctx, Request{
		URL:   "https://api.weixin.qq.com/sns/userinfo",
		Query: Query{{"access_token", g.AccessToken}, {"openid", openID}, {"lang", "zh_CN"}},
	}, &p)
	if err != nil {
		return nil, err
	}
	if p.ErrCode != 0 {
		return nil, errors.New("the answer reports an error")
	}
	id := string(cmp.Or(p.UnionID, p.OpenID))
	if p.Email == "" {
		if p.Email, err = PlaceholderEmail(cmp.Or(id, openID), wechatID); err != nil {
			return nil, err
		}
	}
	return &core.ProviderProfile{
		AccountID: id,
		Name:      p.Nickname,
		Email:     p.Email,
		Image:     Image(p.HeadImgURL),
		Data:      data,
	}, nil
}
