package haveibeenpwned_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/haveibeenpwned"
	source "github.com/betterauth-gen/betterauth-gen/plugins/haveibeenpwned/source"
)

func TestValidate(t *testing.T) {
	p := haveibeenpwned.Plugin()
	if problems := p.Validate(p.Options()); len(problems) != 0 {
		t.Errorf("defaults: %v", problems)
	}
	problems := p.Validate(&source.Options{Paths: []string{"/sign-up/email", "change-password"}})
	if len(problems) != 1 || problems[0].Path != "paths[1]" {
		t.Errorf("a path without a slash: %v", problems)
	}
}
