// Package twofactor is the plugin "two-factor": a second factor after the password.
package twofactor

import (
	"embed"

	"github.com/betterauth-gen/betterauth-gen/plugins"
	twofactor "github.com/betterauth-gen/betterauth-gen/plugins/twofactor/source"
)

//go:embed source app queries
var files embed.FS

// Plugin returns the plugin.
func Plugin() *plugins.Plugin {
	return &plugins.Plugin{
		ID:      "two-factor",
		Package: "twofactor",
		Summary: "Authenticator apps, codes by mail, backup codes and trusted devices",
		Options: func() any {
			options := twofactor.DefaultOptions()
			return &options
		},
		Source:   files,
		App:      files,
		Queries:  files,
		Client:   &plugins.Client{Name: "twoFactorClient"},
		Schema:   patch,
		Validate: validate,
		Functions: map[string]string{
			"otpOptions.sendOTP":          "twofactor.Funcs.SendOTP",
			"otpOptions.storeOTP.hash":    "twofactor.Funcs.HashOTP",
			"otpOptions.storeOTP.encrypt": "twofactor.Funcs.OTPCipher",
			"otpOptions.storeOTP.decrypt": "twofactor.Funcs.OTPCipher",

			"backupCodeOptions.customBackupCodesGenerate": "twofactor.Funcs.GenerateBackupCodes",
			"backupCodeOptions.storeBackupCodes.encrypt":  "twofactor.Funcs.BackupCodeCipher",
			"backupCodeOptions.storeBackupCodes.decrypt":  "twofactor.Funcs.BackupCodeCipher",
		},
		Unsupported: map[string]string{"totpOptions.backupCodes": "use backupCodeOptions"},
	}
}
