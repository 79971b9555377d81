package twofactor_test

import (
	"testing"

	"github.com/betterauth-gen/betterauth-gen/plugins/twofactor"
	source "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

func TestPatchIsValid(t *testing.T) {
	p := twofactor.Plugin()
	patch := p.Schema(p.Options())
	s := schema.Core()
	s.Tables[0].Columns = append(s.Tables[0].Columns, patch.Columns["user"]...)
	s.Tables = append(s.Tables, patch.Tables...)
	for _, problem := range s.Validate() {
		t.Error(problem)
	}
	for _, c := range patch.Tables[0].Columns {
		if c.Returned && c.Key != "id" && c.Key != "verified" {
			t.Errorf("%s may be returned", c.Key)
		}
	}
}

func TestTableName(t *testing.T) {
	p := twofactor.Plugin()
	options := p.Options().(*source.Options)
	options.TwoFactorTable = "second_factors"
	if got := p.Schema(options).Tables[0].Name; got != "second_factors" {
		t.Errorf("table %s", got)
	}
}

// Codes that are sent live for ten minutes at most, and none is easy to guess.
//
// security: 31
func TestValidate(t *testing.T) {
	p := twofactor.Plugin()
	if problems := p.Validate(p.Options()); len(problems) != 0 {
		t.Errorf("defaults: %v", problems)
	}
	options := p.Options().(*source.Options)
	options.TOTPOptions.Digits, options.OTPOptions.Period, options.BackupCodeOptions.Amount = 4, 60, 0
	if problems := p.Validate(options); len(problems) != 2 || problems[0].Path != "totpOptions.digits" || problems[1].Path != "otpOptions.period" {
		t.Errorf("problems %v", problems)
	}
}
