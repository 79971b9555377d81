package main

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/betterauth-gen/betterauth-gen/templates"
)

func TestListIsFresh(t *testing.T) {
	want, err := render(templates.FS, "auth/social")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../list_gen.go")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("generator/provider/list_gen.go is stale, run make generate; want\n%s", want)
	}
}

const acme = `package social

const acmeID = "acme-id"

func DefaultAcmeOptions() AcmeOptions { return AcmeOptions{} }

func Acme(o AcmeOptions, f Funcs) core.Provider { return nil }
`

func TestProvidersAreFound(t *testing.T) {
	text, err := render(fstest.MapFS{
		"s/acme.go":      {Data: []byte(acme)},
		"s/zoo.go":       {Data: []byte("package social\n\nconst zooID = \"zoo\"\n\nfunc Zoo(o ZooOptions, f Funcs) core.Provider { return nil }\n")},
		"s/shared.go":    {Data: []byte("package social\n\nfunc helper(o Options, f Funcs) core.Provider { return nil }\n")},
		"s/acme_test.go": {Data: []byte("package social\n\nfunc Fake(o FakeOptions, f Funcs) core.Provider { return nil }\n")},
	}, "s")
	if err != nil {
		t.Fatal(err)
	}
	want := `	return []Provider{
		{
			ID: "acme-id", File: "acme.go", New: "Acme", Defaults: "DefaultAcmeOptions",
			Options: from(social.DefaultAcmeOptions), Make: with(social.Acme),
		},
		{
			ID: "zoo", File: "zoo.go", New: "Zoo",
			Options: zero[social.ZooOptions], Make: with(social.Zoo),
		},
	}`
	if !strings.Contains(string(text), want) {
		t.Errorf("got\n%s", text)
	}
}

func TestUnsoundProvidersAreErrors(t *testing.T) {
	for text, want := range map[string]string{
		strings.Replace(acme, "const acmeID", "const otherID", 1):                 "no constant with the id of Acme",
		acme + "func Beta(o BetaOptions, f Funcs) core.Provider { return nil }\n": "want one provider a file",
		"package social\n\nfunc (":                                                "expected",
	} {
		if _, err := render(fstest.MapFS{"s/acme.go": {Data: []byte(text)}}, "s"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	twice := fstest.MapFS{"s/acme.go": {Data: []byte(acme)}, "s/b.go": {Data: []byte(acme)}}
	if _, err := render(twice, "s"); err == nil || !strings.Contains(err.Error(), `are both "acme-id"`) {
		t.Errorf("got %v", err)
	}
}
