package source

import (
	"slices"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/all"
)

func TestCoreIsReadable(t *testing.T) {
	info, err := Core()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(info.Endpoints, func(e Endpoint) bool { return e.Pattern() == "POST /sign-in/email" })
	if i < 0 || info.Endpoints[i].Handler != "SignInEmail" || info.Endpoints[i].In != "SignInEmailInput" {
		t.Errorf("no sign-in among %d endpoints", len(info.Endpoints))
	}
	if len(info.Store) < 20 || info.Store[0].Name != "InTx" {
		t.Errorf("the store has %d methods", len(info.Store))
	}
	if len(info.Errors) < 40 {
		t.Errorf("%d error codes", len(info.Errors))
	}
	for _, e := range info.Endpoints {
		if e.In == "" || e.Out == "" || e.Doc == "" {
			t.Errorf("%s: handler %s has in %q, out %q, doc %q", e.Pattern(), e.Handler, e.In, e.Out, e.Doc)
		}
	}
}

func TestPluginsAreReadable(t *testing.T) {
	for _, p := range all.Plugins() {
		info, diags := Plugin(p.Source, p.Package)
		if err := diags.Err(); err != nil {
			t.Error(err)
		}
		if info.Package != p.Package || info.New == nil {
			t.Errorf("plugin %s: package %q, func New %v", p.ID, info.Package, info.New)
		}
	}
}
