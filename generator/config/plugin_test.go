package config

import (
	"testing/fstest"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	"github.com/betterauth-gen/betterauth-gen/schema"
)

type testOptions struct {
	Issuer     string
	OTPOptions testOTP
	Backup     *testOTP
	Send       func()
	Ratio      float64
}

type testOTP struct {
	Digits   int
	StoreOTP string `enum:"plain,encrypted,hashed"`
}

const testSource = `package twofactor

// testOptions are options.
type testOptions struct {
	// Issuer is shown in authenticator apps.
	Issuer string
	OTPOptions testOTP
}

// testOTP sets up one-time codes.
type testOTP struct {
	// Digits is the length of a code.
	Digits int
	StoreOTP string // StoreOTP is how codes are kept.
}
`

func testPlugins() []*plugins.Plugin {
	return []*plugins.Plugin{
		{ID: "bearer", Package: "bearer", Summary: "Sessions in the Authorization header."},
		{
			ID: "two-factor", Package: "twofactor", Summary: "A second factor.",
			Options: func() any { return &testOptions{OTPOptions: testOTP{Digits: 6, StoreOTP: "plain"}} },
			Source:  fstest.MapFS{"source/options.go": {Data: []byte(testSource)}},
			Schema: func(any) schema.Patch {
				return schema.Patch{Tables: []schema.Table{{Key: "twoFactor", Name: "twoFactor"}}}
			},
			Functions:   map[string]string{"otpOptions.sendOTP": "twofactor.Funcs.SendOTP"},
			Unsupported: map[string]string{"twoFactorTable": "use schema.twoFactor.modelName", "totpOptions": ""},
		},
	}
}
