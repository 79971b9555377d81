package twofactor

import (
	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

// patch adds the flag to users, and the table that holds what only the server may see.
func patch(options any) schema.Patch {
	name := options.(*twofactor.Options).TwoFactorTable
	if name == "" {
		name = twofactor.DefaultOptions().TwoFactorTable
	}
	return schema.Patch{
		Columns: map[string][]schema.Column{"user": {{
			Key: "twoFactorEnabled", Name: "twoFactorEnabled", Type: schema.Boolean,
			Default: &schema.Default{Value: false}, Returned: true,
		}}},
		Tables: []schema.Table{{Key: "twoFactor", Name: name, Columns: []schema.Column{
			schema.ID(),
			{Key: "secret", Name: "secret", Type: schema.String, Required: true, Index: true, Input: true},
			{Key: "backupCodes", Name: "backupCodes", Type: schema.String, Required: true, Input: true},
			{
				Key: "userId", Name: "userId", Type: schema.String, Required: true, Index: true, Input: true,
				Ref: &schema.Ref{Table: "user", Column: schema.PrimaryKey, OnDelete: "cascade"},
			},
			{Key: "verified", Name: "verified", Type: schema.Boolean, Default: &schema.Default{Value: true}, Returned: true},
			{Key: "failedVerificationCount", Name: "failedVerificationCount", Type: schema.Number, Default: &schema.Default{Value: 0}},
			{Key: "lockedUntil", Name: "lockedUntil", Type: schema.Date},
		}}},
	}
}
