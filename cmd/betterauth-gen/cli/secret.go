package cli

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"

	"github.com/spf13/cobra"
)

// newSecretCommand returns the command that prints a secret.
func newSecretCommand(a *App) *cobra.Command {
	var env bool
	cmd := &cobra.Command{
		Use:   "secret",
		Short: "Print a new secret: 32 random bytes in base64",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			name := ""
			if env {
				name = "BETTER_AUTH_SECRET="
			}
			_, err := fmt.Fprintln(a.Out, name+newSecret())
			return err
		},
	}
	cmd.Flags().BoolVar(&env, "env", false, "print it as a line of .env: BETTER_AUTH_SECRET=…")
	return cmd
}

// newSecret returns 32 bytes of the system's generator in base64.
func newSecret() string {
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails: crypto/rand.Read ends the program instead
	return base64.StdEncoding.EncodeToString(secret)
}
