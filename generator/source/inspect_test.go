package source

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

const twoFactor = `package twofactor

import ("context"; "time"; "example.com/auth/core")

type Store interface {
	core.Transactor2()
	// ByUser returns the row.
	ByUser(ctx context.Context, userID string) (*Row, error)
	Update(ctx context.Context, a, b string) (int64, error)
}

var ErrInvalid = core.NewError(401, "INVALID_CODE", "Invalid code")

func New(o Options, store Store) *Plugin { return nil }

func (p *Plugin) Register(a *core.Auth) core.Hooks {
	core.Handle(a, "POST /two-factor/enable", p.Enable, core.NoStore)
	core.Handle(a, "GET|POST /two-factor/:id", p.Get)
	a.LimitPrefix("/two-factor/", 3, 10*time.Second)
	return core.Hooks{BeforeSession: p.challenge, UserCreate: core.WriteHook[U]{Before: p.x}}
}

// Enable turns it on.
func (p *Plugin) Enable(ctx context.Context, call *core.Call, in EnableInput) (*EnableOutput, error) {
	return nil, core.NewError(418, "TEAPOT", "local")
}
`

func TestInspect(t *testing.T) {
	fsys := fstest.MapFS{
		"source/a.go":      {Data: []byte(strings.Replace(twoFactor, "\tcore.Transactor2()\n", "", 1))},
		"source/a_test.go": {Data: []byte("package twofactor\nvar x = core.NewError(y, z, w)")},
	}
	info, diags := Inspect(fsys, "source", "plugins/twofactor/source")
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	for i := range info.Endpoints {
		if p := info.Endpoints[i].Pos; p.File != "plugins/twofactor/source/a.go" || p.Line == 0 || p.Col == 0 {
			t.Errorf("position %v", p)
		}
	}
	got := []any{info.Package, info.New, info.Endpoints[0].Pattern(), info.Endpoints[0].Handler, info.Endpoints[0].In,
		info.Endpoints[0].Out, info.Endpoints[0].Options, info.Endpoints[0].Doc, info.Endpoints[1].Methods, info.Endpoints[1].Path}
	want := []any{"twofactor", []Param{{"o", "Options"}, {"store", "Store"}}, "POST /two-factor/enable", "Enable", "EnableInput",
		"*EnableOutput", []string{"NoStore"}, "Enable turns it on.", []string{"GET", "POST"}, "/two-factor/:id"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if l := info.Limits[0]; len(info.Limits) != 1 || l.Prefix != "/two-factor/" || l.Max != 3 || l.Window != 10*time.Second {
		t.Errorf("limits %v", info.Limits)
	}
	if len(info.Hooks) != 2 || info.Hooks[0].Name != "BeforeSession" || info.Hooks[1].Name != "UserCreate" {
		t.Errorf("hooks %v", info.Hooks)
	}
	if len(info.Errors) != 2 || info.Errors[0].Name != "ErrInvalid" || info.Errors[0].Status != 401 || info.Errors[1].Code != "TEAPOT" {
		t.Errorf("errors %v", info.Errors)
	}
	wantStore := []Method{
		{Name: "ByUser", Doc: "ByUser returns the row.", Params: []Param{{"ctx", "context.Context"}, {"userID", "string"}},
			Results: []Param{{"", "*Row"}, {"", "error"}}, Pos: info.Store[0].Pos},
		{Name: "Update", Params: []Param{{"ctx", "context.Context"}, {"a", "string"}, {"b", "string"}},
			Results: []Param{{"", "int64"}, {"", "error"}}, Pos: info.Store[1].Pos},
	}
	if !reflect.DeepEqual(info.Store, wantStore) {
		t.Errorf("store %+v", info.Store)
	}
}

func TestInspectInsistsOnLiterals(t *testing.T) {
	for text, want := range map[string]string{
		`func f() { core.Handle(a, path, a.X) }`:            "pattern of Handle",
		`func f() { core.Handle(a, "POST", a.X) }`:          "pattern of Handle",
		`func f() { core.Handle(a, "POST /x", func() {}) }`: "must be a method",
		`func f() { a.LimitPrefix("/x", n, time.Second) }`:  "LimitPrefix must be literals",
		`func f() { a.LimitPrefix("/x", 3, window) }`:       "LimitPrefix must be literals",
		`var E = core.NewError(400, code, "m")`:             "NewError must be literals",
		`var H = core.Hooks{f}`:                             "member names",
		`type Store interface { Other }`:                    "embeds",
		`func (`:                                            "expected",
	} {
		_, diags := Inspect(fstest.MapFS{"p/x.go": {Data: []byte("package p\n" + text)}}, "p", "p")
		if err := diags.Err(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "p/x.go:2") {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"time.Minute": time.Minute, "2*time.Hour": 2 * time.Hour, "time.Second*10": 10 * time.Second, "500*time.Millisecond": 500 * time.Millisecond,
	} {
		info, diags := Inspect(fstest.MapFS{"p/x.go": {Data: []byte("package p\nfunc f() { a.LimitPrefix(\"/\", 0x3, " + text + ") }")}}, "p", "p")
		if diags.Err() != nil || len(info.Limits) != 1 || info.Limits[0].Window != want {
			t.Errorf("%s: %v %v", text, info.Limits, diags)
		}
	}
}
