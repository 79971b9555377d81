package resolve

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/config"
	"github.com/betterauth-gen/betterauth-gen/plugins/all"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

var update = flag.Bool("update", false, "rewrite golden files")

const sample = `appName: Shop
output: internal/login
framework: chi
database: {dialect: postgres}
disabledPaths: [/sign-out, /sign-owt]
session: {expiresIn: 60, additionalFields: {device: {type: string, required: false}}}
user:
  modelName: users
  fields: {email: mail}
  additionalFields:
    boss: {type: string, required: false, references: {model: users}}
    lang: {type: [en, de], fieldName: language, defaultValue: en}
plugins:
  mfa:
    digits: 8
    issuer: ${ISSUER}
    schema:
      mfa: {modelName: second_factors, fields: {secret: seed}}
      user: {fields: {mfaEnabled: mfa_on}}
  username:
`

func resolve(t *testing.T, text string) (*Model, string) {
	t.Helper()
	cfg, diags := config.Load(config.FileName, []byte(text), testPlugins())
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	m, diags := Resolve(cfg, testPlugins(), "example.com/shop")
	var out strings.Builder
	for _, d := range diags {
		out.WriteString(d.Code + " " + d.String() + "\n")
		if d.Detail != "" {
			out.WriteString("      " + d.Detail + "\n")
		}
	}
	return m, out.String()
}

func TestModel(t *testing.T) {
	m, warnings := resolve(t, sample)
	if m == nil {
		t.Fatal(warnings)
	}
	if want := "BA030 betterauth.yaml:5:28: warning: disabledPaths: there is no endpoint /sign-owt (did you mean \"/sign-out\"?)\n"; warnings != want {
		t.Errorf("warnings %q", warnings)
	}
	if m.Module != "example.com/shop" || m.Output != "internal/login" || m.Framework != "chi" || m.Dialect != schema.Postgres {
		t.Errorf("got %+v", m)
	}
	if m.Options.Session.ExpiresIn != 60 || m.Options.AppName != "Shop" || len(m.Settings) != 3 {
		t.Errorf("options %+v", m.Options)
	}
	if got := strings.Join(ids(m.Plugins), " "); got != "username mfa" {
		t.Errorf("order %q, want mfa after username", got)
	}
	mfa := m.Plugins[1]
	if o := mfa.Options.(*mfaOptions); o.Digits != 8 || o.Issuer != "" || !o.Table {
		t.Errorf("options %+v", o)
	}
	if len(mfa.Info.Endpoints) != 2 || len(mfa.Info.New) != 3 || mfa.Info.Hooks[0].Name != "BeforeSession" {
		t.Errorf("info %+v", mfa.Info)
	}
}

func TestSchema(t *testing.T) {
	m, warnings := resolve(t, sample)
	if m == nil {
		t.Fatal(warnings)
	}
	var out strings.Builder
	for _, table := range m.Schema.Tables {
		out.WriteString(table.Key + "=" + table.Name + ":")
		for _, c := range table.Columns {
			out.WriteString(" " + c.Key)
			if c.Name != c.Key {
				out.WriteString("=" + c.Name)
			}
		}
		out.WriteString("\n")
	}
	want := `user=users: id name email=mail emailVerified image createdAt updatedAt username mfaEnabled=mfa_on boss lang=language
session=session: id expiresAt token createdAt updatedAt ipAddress userAgent userId device
account=account: id accountId providerId userId accessToken refreshToken idToken accessTokenExpiresAt refreshTokenExpiresAt scope password createdAt updatedAt
verification=verification: id identifier value expiresAt createdAt updatedAt
mfa=second_factors: id secret=seed userId
`
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
	if boss, _ := m.Schema.Column("user", "boss"); boss.Ref.Table != "user" || boss.Origin.Pos != "betterauth.yaml:11:5" {
		t.Errorf("boss %+v", boss)
	}
	if on, _ := m.Schema.Column("user", "mfaEnabled"); on.Origin.Plugin != "mfa" {
		t.Errorf("mfaEnabled comes from %s", on.Origin)
	}
}

func TestResolveIsDeterministicAndLeavesTheConfigAlone(t *testing.T) {
	cfg, _ := config.Load(config.FileName, []byte(sample), testPlugins())
	first, _ := Resolve(cfg, testPlugins(), "m")
	second, _ := Resolve(cfg, testPlugins(), "m")
	if !slices.EqualFunc(first.Schema.Tables, second.Schema.Tables, func(a, b schema.Table) bool {
		return a.Name == b.Name && slices.EqualFunc(a.Columns, b.Columns, func(x, y schema.Column) bool { return x.Name == y.Name && x.Key == y.Key })
	}) {
		t.Error("two runs made two schemas")
	}
	if cfg.Plugins[0].ID != "mfa" {
		t.Error("the plugins of the configuration were put in order")
	}
}

// TestErrors resolves each testdata/*.yaml and compares what is printed with the .txt beside it.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m, got := resolve(t, string(text))
		if m != nil {
			t.Errorf("%s: no error", file)
		}
		name := strings.TrimSuffix(file, ".yaml") + ".txt"
		if *update {
			if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, _ := os.ReadFile(name); string(want) != got {
			t.Errorf("%s: got\n%s\nwant\n%s", file, got, want)
		}
	}
}

// TestBuiltInsGoTogether selects every built-in plugin with its defaults.
func TestBuiltInsGoTogether(t *testing.T) {
	text := "plugins:\n"
	for _, p := range all.Plugins() {
		text += "  " + p.ID + ":\n"
	}
	cfg, diags := config.Load(config.FileName, []byte(text), all.Plugins())
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	m, diags := Resolve(cfg, all.Plugins(), "example.com/app")
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	if len(m.Plugins) != len(all.Plugins()) {
		t.Errorf("%d plugins", len(m.Plugins))
	}
}

// The table of request counters is there only for those who count in the database.
func TestRateLimitTable(t *testing.T) {
	m, out := resolve(t, "rateLimit: {storage: database, modelName: counts, fields: {lastRequest: last_request}}\n")
	if m == nil {
		t.Fatal(out)
	}
	table, ok := m.Schema.Table("rateLimit")
	column, _ := table.Column("lastRequest")
	if !ok || table.Name != "counts" || column.Name != "last_request" {
		t.Errorf("table %+v", table)
	}
	m, out = resolve(t, "rateLimit: {enabled: true}\n")
	if m == nil {
		t.Fatal(out)
	}
	if _, ok := m.Schema.Table("rateLimit"); ok {
		t.Error("a table nobody uses")
	}
	if m, out = resolve(t, "rateLimit: {storage: database, fields: {last: x}}\n"); m != nil || !strings.Contains(out, `no column "last"`) {
		t.Errorf("got %s", out)
	}
}

func TestDatabaseOptions(t *testing.T) {
	m, warnings := resolve(t, `database: {dialect: postgres, usePlural: true, schemaName: login}
advanced: {database: {generateId: serial}}
session: {modelName: visit}
user: {additionalFields: {boss: {type: string, required: false, references: {model: user}}}}
`)
	if m == nil {
		t.Fatal(warnings)
	}
	var names []string
	for _, table := range m.Schema.Tables {
		names = append(names, table.Name)
	}
	if got := strings.Join(names, " "); got != "users visits accounts verifications" {
		t.Errorf("tables %s", got)
	}
	for _, path := range [][2]string{{"user", "id"}, {"user", "boss"}, {"session", "userId"}} {
		if c, _ := m.Schema.Column(path[0], path[1]); c.IDs != schema.SerialIDs {
			t.Errorf("%s.%s has %q", path[0], path[1], c.IDs)
		}
	}
	if c, _ := m.Schema.Column("account", "accountId"); c.IDs != schema.TextIDs {
		t.Error("accountId is no reference")
	}
	for text, want := range map[string]string{
		"database: {schemaName: login}":                                           "only PostgreSQL has schemas",
		"database: {dialect: postgres, schemaName: 'a; b'}":                       "no name of letters",
		"database: {dialect: mysql}\nadvanced: {database: {generateId: false}}\n": "MySQL does not tell",
	} {
		if m, problems := resolve(t, text); m != nil || !strings.Contains(problems, want) {
			t.Errorf("%s: %s", text, problems)
		}
	}
}
