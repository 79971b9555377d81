package source

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestWithout(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"shared.go":        "func helper() {}",
		"google.go":        "func Google() { helper() }",
		"github.go":        "func GitHub() { helper() }",
		"google_test.go":   "func fakeGoogle() { Google() }",
		"github_test.go":   "func TestGitHub() { GitHub() }",
		"together_test.go": "func TestFake() { fakeGoogle() }", // uses what goes with another test
		"shared_test.go":   "func TestShared() { GitHub := helper; GitHub() }",
	} {
		files["s/"+name] = &fstest.MapFile{Data: []byte("package social\n\n" + text + "\n")}
	}
	files["s/outside_test.go"] = &fstest.MapFile{Data: []byte("package social_test\n\nfunc TestOutside() { social.Google() }\n")}
	for _, test := range []struct{ gone, left string }{
		{"", "github.go github_test.go google.go google_test.go outside_test.go shared.go shared_test.go together_test.go"},
		{"google.go", "github.go github_test.go shared.go shared_test.go"},
		{"github.go", "google.go google_test.go outside_test.go shared.go shared_test.go together_test.go"},
		{"github.go google.go", "shared.go shared_test.go"},
	} {
		left, err := Without(files, "s", strings.Fields(test.gone))
		if got := strings.Join(left, " "); err != nil || got != test.left {
			t.Errorf("without %q: got %s, %v", test.gone, got, err)
		}
	}
}
