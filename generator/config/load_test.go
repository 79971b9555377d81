package config

import (
	"reflect"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/schema"
	"github.com/betterauth-gen/betterauth-gen/templates/auth/core"
)

const sample = `appName: Shop
secret: ${BETTER_AUTH_SECRET}
baseURL: https://${HOST}/auth
trustedOrigins: [https://a.example, "${ORIGIN}"]
emailAndPassword:
  enabled: true
  password: {algorithm: argon2id}
emailVerification: {sendOnSignUp: false}
session:
  expiresIn: 3600
rateLimit:
  customRules:
    /sign-in/email: {window: 60, max: 5}
    /ok: false
advanced:
  cookies:
    session_token: {name: sid, attributes: {httpOnly: true, sameSite: Strict, maxAge: 60}}
disabledPaths:
framework: chi
output: internal/login
database: {dialect: postgres, url: "postgres://app:${PW}@db/app"}
user:
  modelName: users
  fields: {email: mail}
  additionalFields:
    lang: {type: [en, de], required: false, defaultValue: en, fieldName: language}
    team: {type: string, references: {model: team, onDelete: set null}, required: false}
    seen: {type: date, defaultValue: now, input: false, returned: false}
    visits: {type: number, bigint: true, defaultValue: 0, index: true}
telemetry: {enabled: false}
plugins:
  two-factor:
    issuer: ${ISSUER}
    otpOptions: {digits: 8}
    backup: {digits: 4}
    ratio: 2
    schema:
      twoFactor: {modelName: two_factors, fields: {secret: seed}}
  bearer:
socialProviders: {}
`

func load(t *testing.T, text string) *Config {
	t.Helper()
	cfg, diags := Load(FileName, []byte(text), testPlugins())
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	return cfg
}

func TestLoadSettings(t *testing.T) {
	cfg := load(t, sample)
	var fields []string
	for _, s := range cfg.Settings {
		fields = append(fields, s.Path+" "+s.Field)
	}
	want := []string{
		"appName AppName", "secret Secret", "baseURL BaseURL", "trustedOrigins TrustedOrigins",
		"emailAndPassword.enabled EmailAndPassword.Enabled",
		"emailAndPassword.password.algorithm EmailAndPassword.Password.Algorithm",
		"emailVerification.sendOnSignUp EmailVerification.SendOnSignUp",
		"session.expiresIn Session.ExpiresIn", "rateLimit.customRules RateLimit.CustomRules", "advanced.cookies Advanced.Cookies",
	}
	if !reflect.DeepEqual(fields, want) {
		t.Errorf("got\n%s", strings.Join(fields, "\n"))
	}
	if s := cfg.Settings[0]; s.Pos.String() != "betterauth.yaml:1:1" {
		t.Errorf("position %s", s.Pos)
	}
}

func TestApplyCoreOptions(t *testing.T) {
	cfg := load(t, sample)
	getenv := func(name string) string { return "<" + name + ">" }
	got := core.DefaultOptions()
	if err := Apply(cfg.Settings, &got, getenv); err != nil {
		t.Fatal(err)
	}
	want := core.DefaultOptions()
	off, on, age := false, true, 60
	want.AppName, want.Secret, want.BaseURL = "Shop", "<BETTER_AUTH_SECRET>", "https://<HOST>/auth"
	want.TrustedOrigins = []string{"https://a.example", "<ORIGIN>"}
	want.EmailAndPassword.Enabled, want.EmailAndPassword.Password.Algorithm = true, "argon2id"
	want.EmailVerification.SendOnSignUp = &off
	want.Session.ExpiresIn = 3600
	want.RateLimit.CustomRules = []core.CustomRule{
		{Path: "/sign-in/email", Rule: core.RateLimitRule{Window: 60, Max: 5}}, {Path: "/ok"},
	}
	want.Advanced.Cookies = map[string]core.CookieOptions{
		"session_token": {Name: "sid", Attributes: core.CookieAttributes{HTTPOnly: &on, SameSite: "strict", MaxAge: &age}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestLongForms loads options that may be written as text or as a map.
func TestLongForms(t *testing.T) {
	long := load(t, `
baseURL: {allowedHosts: ["*.shop.example", "${HOST}"], fallback: https://shop.example, protocol: HTTPS}
verification: {storeIdentifier: {default: hashed, overrides: {reset-password: plain}}}
`)
	o := core.DefaultOptions()
	if err := Apply(long.Settings, &o, func(string) string { return "localhost:3000" }); err != nil {
		t.Fatal(err)
	}
	if got, want := o.DynamicBaseURL, (core.DynamicBaseURLOptions{
		AllowedHosts: []string{"*.shop.example", "localhost:3000"}, Fallback: "https://shop.example", Protocol: "https",
	}); !reflect.DeepEqual(got, want) || o.BaseURL != "" {
		t.Errorf("base URL %q, %+v", o.BaseURL, got)
	}
	if got := o.Verification.StoreIdentifiers; got.Default != "hashed" || got.Overrides["reset-password"] != "plain" {
		t.Errorf("identifiers %+v", got)
	}

	short := load(t, "baseURL: https://shop.example\nverification: {storeIdentifier: hashed}\n")
	o = core.DefaultOptions()
	if err := Apply(short.Settings, &o, nil); err != nil {
		t.Fatal(err)
	}
	if o.BaseURL != "https://shop.example" || o.Verification.StoreIdentifier != "hashed" || o.DynamicBaseURL.AllowedHosts != nil {
		t.Errorf("base URL %q, identifiers %q", o.BaseURL, o.Verification.StoreIdentifier)
	}
}

func TestApplyPluginOptions(t *testing.T) {
	cfg := load(t, sample)
	p := cfg.Plugins[0]
	got := p.Options().(*testOptions)
	if err := Apply(p.Settings, got, nil); err != nil {
		t.Fatal(err)
	}
	want := &testOptions{OTPOptions: testOTP{Digits: 8, StoreOTP: "plain"}, Backup: &testOTP{Digits: 4}, Ratio: 2}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	if p.ID != "two-factor" || cfg.Plugins[1].ID != "bearer" || p.Pos.Line != 32 {
		t.Errorf("plugins %v", cfg.Plugins)
	}
	tables := Map[PluginTable]{{"twoFactor", PluginTable{"two_factors", Map[string]{{"secret", "seed"}}}}}
	if !reflect.DeepEqual(p.Tables, tables) {
		t.Errorf("tables %+v", p.Tables)
	}
}

func TestApplyRefusesWhatDoesNotFit(t *testing.T) {
	for _, target := range []any{nil, core.Options{}, &testOTP{}} {
		if err := Apply([]Setting{{Path: "appName", Field: "AppName"}}, target, nil); err == nil {
			t.Errorf("%T was accepted", target)
		}
	}
}

func TestLoadGeneration(t *testing.T) {
	g := load(t, sample).Generation
	if g.Output != "internal/login" || g.Framework != "chi" || g.Database.Dialect != "postgres" || g.User.ModelName != "users" {
		t.Errorf("got %+v", g)
	}
	if want := (Text{{Literal: "postgres://app:"}, {Env: "PW"}, {Literal: "@db/app"}}); !reflect.DeepEqual(g.Database.URL, want) {
		t.Errorf("URL %v", g.Database.URL)
	}
	if mail, ok := g.User.Fields.Get("email"); !ok || mail != "mail" {
		t.Errorf("fields %v", g.User.Fields)
	}
	var columns []schema.Column
	for _, f := range g.User.AdditionalFields {
		columns = append(columns, f.Value.Column(f.Key))
	}
	want := []schema.Column{
		{Key: "lang", Name: "language", Type: schema.String, Enum: []string{"en", "de"}, Input: true, Returned: true, Default: &schema.Default{Value: "en"}},
		{Key: "team", Name: "team", Type: schema.String, Input: true, Returned: true, Ref: &schema.Ref{Table: "team", Column: "id", OnDelete: "set null"}},
		{Key: "seen", Name: "seen", Type: schema.Date, Required: true, Default: &schema.Default{Now: true}},
		{Key: "visits", Name: "visits", Type: schema.Number, BigInt: true, Index: true, Required: true, Input: true, Returned: true, Default: &schema.Default{Value: int64(0)}},
	}
	if !reflect.DeepEqual(columns, want) {
		t.Errorf("got  %+v\nwant %+v", columns, want)
	}
}

func TestDefaultValues(t *testing.T) {
	for text, want := range map[string]any{
		`{type: "string[]", defaultValue: [a, "${b}"]}`:          []any{"a", "${b}"},
		`{type: "number[]", defaultValue: [1, -2.5]}`:            []any{int64(1), -2.5},
		`{type: boolean, defaultValue: false}`:                   false,
		`{type: number, defaultValue: -7}`:                       int64(-7),
		`{type: date, defaultValue: "2024-01-31T00:00:00.000Z"}`: "2024-01-31T00:00:00.000Z",
		`{type: string, defaultValue: ""}`:                       "",
		`{type: json, defaultValue: [[1], true]}`:                []any{[]any{int64(1)}, true},
	} {
		cfg := load(t, "user: {additionalFields: {x: "+text+"}}")
		x, _ := cfg.Generation.User.AdditionalFields.Get("x")
		if c := x.Column("x"); c.Default == nil || !reflect.DeepEqual(c.Default.Value, want) {
			t.Errorf("%s: got %+v", text, c.Default)
		}
	}
}

func TestEmptyFileTakesDefaults(t *testing.T) {
	for _, text := range []string{"", "\n# nothing\n", "{}", "---\n", "null"} {
		cfg := load(t, text)
		if len(cfg.Settings)+len(cfg.Plugins) != 0 || !reflect.DeepEqual(cfg.Generation, DefaultGeneration()) {
			t.Errorf("%q: %+v", text, cfg)
		}
	}
}

func TestJSONIsYAML(t *testing.T) {
	cfg := load(t, `{"appName": "Shop \u00fc", "plugins": {"bearer": null}, "session": {"expiresIn": 60}}`)
	if len(cfg.Settings) != 2 || cfg.Settings[0].Value.Text.Literal() != "Shop ü" || len(cfg.Plugins) != 1 {
		t.Errorf("got %+v", cfg)
	}
}

func TestPosFindsTheClosest(t *testing.T) {
	cfg := load(t, sample)
	for path, line := range map[string]int{
		"user.additionalFields.lang.fieldName": 26, "user.additionalFields.lang.nope": 26, "plugins.two-factor.issuer": 33, "nowhere": 0,
	} {
		if got := cfg.Pos(path); got.Line != line || got.File != FileName {
			t.Errorf("%s is at %s, want line %d", path, got, line)
		}
	}
}

func TestHugeAndDeepFilesAreRefused(t *testing.T) {
	for _, text := range []string{strings.Repeat("#", maxSize+1), strings.Repeat("[", 1000) + strings.Repeat("]", 1000), "a: \xff"} {
		if cfg, diags := Load(FileName, []byte(text), nil); cfg != nil || diags.Err() == nil {
			t.Errorf("%.20q was accepted", text)
		}
	}
}

func TestKeys(t *testing.T) {
	for name, want := range map[string]string{
		"BaseURL": "baseURL", "TOTPOptions": "totpOptions", "OTPOptions": "otpOptions", "IPAddress": "ipAddress",
		"OnAPIError": "onAPIError", "DisableCSRFCheck": "disableCSRFCheck", "URL": "url", "ID": "id", "User": "user", "": "",
	} {
		if got := lowerCamel(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
}

func TestParseText(t *testing.T) {
	for s, want := range map[string]Text{
		"":             nil,
		"plain $5 {x}": {{Literal: "plain $5 {x}"}},
		"${A}":         {{Env: "A"}},
		"x${A_1}y${b}": {{Literal: "x"}, {Env: "A_1"}, {Literal: "y"}, {Env: "b"}},
		"$${A} ${B}$$": {{Literal: "${A} "}, {Env: "B"}, {Literal: "$$"}},
	} {
		if got, err := parseText(s); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"${", "${}", "${1A}", "${A", "${A-b}", "a${A:-x}"} {
		if got, err := parseText(s); err == nil {
			t.Errorf("%q: got %v", s, got)
		}
	}
}

func TestDatabasePasswords(t *testing.T) {
	for url, secret := range map[string]bool{
		"postgres://u:p@h/d": true, "mysql://u:p@h:3306/d": true, "u:p@tcp(h:3306)/d": true,
		"postgres://h/d?user=u&password=p": true, "host=h password=p": true,
		"postgres://u:${P}@h/d": false, "postgres://u@h:5432/d": false, "file:auth.db": false, "${DATABASE_URL}": false,
		"postgres://h/d?password=${P}": false, "postgres://h/a:b@c": false,
	} {
		_, diags := Load(FileName, []byte("database: {dialect: postgres, url: '"+url+"'}"), nil)
		if got := strings.Contains(printed(diags), CodeSecret); got != secret {
			t.Errorf("%s: reported %v, want %v", url, got, secret)
		}
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	for _, text := range []string{"secret: hunter2", "secret: [hunter2]", "plugins: {x: {apiKey: hunter2}}", "secret: 12321", "database: {url: 'postgres://a:hunter2@b/c'}"} {
		_, diags := Load(FileName, []byte(text), nil)
		if out := printed(diags); out == "" || strings.Contains(out, "hunter2") || strings.Contains(out, "12321") {
			t.Errorf("%s: printed %q", text, out)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []string{sample, "a: [", "? [x]\n: y", "x: &a [*a]", "{a: {b: {c: }}}", "- 1\n- {", "a: |\n  b\n c", "\"\\x\": 1", "a: !!binary x", "<<: 1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cfg, diags := Load(FileName, data, testPlugins())
		if cfg == nil && diags.Err() == nil {
			t.Fatal("no configuration and no error")
		}
		for _, d := range diags {
			if d.Code == "" || d.Summary == "" || d.Pos.File != FileName {
				t.Fatalf("incomplete diagnostic %+v", d)
			}
		}
		if cfg != nil {
			o := core.DefaultOptions()
			if err := Apply(cfg.Settings, &o, nil); err != nil {
				t.Fatal(err)
			}
		}
	})
}
