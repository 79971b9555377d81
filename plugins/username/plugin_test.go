package username_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/username"
	source "github.com/betterauth-gen/betterauth-gen/plugins/username/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestPatchIsValid(t *testing.T) {
	p := username.Plugin()
	s := schema.Core()
	s.Tables[0].Columns = append(s.Tables[0].Columns, p.Schema(p.Options()).Columns["user"]...)
	for _, problem := range s.Validate() {
		t.Error(problem)
	}
}

// The column stays, so that the code compiles, but clients do not see it.
func TestDisplayUsernameOff(t *testing.T) {
	p := username.Plugin()
	options := p.Options().(*source.Options)
	options.DisplayUsername = false
	if c := p.Schema(options).Columns["user"][1]; c.Key != "displayUsername" || c.Returned || !c.Input {
		t.Errorf("column %+v", c)
	}
}

func TestValidate(t *testing.T) {
	p := username.Plugin()
	if problems := p.Validate(p.Options()); len(problems) != 0 {
		t.Errorf("defaults: %v", problems)
	}
	for path, options := range map[string]source.Options{
		"minUsernameLength": {MaxUsernameLength: 3},
		"maxUsernameLength": {MinUsernameLength: 5, MaxUsernameLength: 4},
	} {
		if problems := p.Validate(&options); len(problems) != 1 || problems[0].Path != path {
			t.Errorf("%s: %v", path, problems)
		}
	}
}
