package twofactor

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/betterauth-gen/betterauth-gen/templates/auth/secure"
)

// newBackupCodes returns a set of codes, and the set as it is stored.
func (p *Plugin) newBackupCodes(ctx context.Context) (codes []string, stored string, err error) {
	if p.funcs.GenerateBackupCodes != nil {
		codes = p.funcs.GenerateBackupCodes()
	} else {
		codes = randomCodes(p.options.BackupCodeOptions)
	}
	stored, err = p.sealCodes(ctx, codes)
	return codes, stored, err
}

func randomCodes(o BackupCodeOptions) []string {
	codes := make([]string, o.Amount)
	for i := range codes {
		code := secure.Text(o.Length, secure.Alphanumeric)
		dash := min(5, len(code))
		codes[i] = code[:dash] + "-" + code[dash:]
	}
	return codes
}

// sealCodes returns a set of codes as it is stored.
func (p *Plugin) sealCodes(ctx context.Context, codes []string) (string, error) {
	text, err := json.Marshal(codes)
	if err != nil {
		return "", err
	}
	switch cipher := p.funcs.BackupCodeCipher; {
	case cipher != nil:
		return cipher.Encrypt(ctx, string(text))
	case p.options.BackupCodeOptions.StoreBackupCodes == "plain":
		return string(text), nil
	}
	return p.auth.Encrypt(string(text))
}

// openCodes undoes sealCodes.
func (p *Plugin) openCodes(ctx context.Context, stored string) (codes []string, err error) {
	text := stored
	switch cipher := p.funcs.BackupCodeCipher; {
	case cipher != nil:
		text, err = cipher.Decrypt(ctx, stored)
	case p.options.BackupCodeOptions.StoreBackupCodes != "plain":
		text, err = p.auth.Decrypt(stored)
	}
	if err != nil {
		return nil, fmt.Errorf("backup codes: %w", err)
	}
	if err := json.Unmarshal([]byte(text), &codes); err != nil {
		return nil, fmt.Errorf("backup codes are not a JSON list of texts: %w", err)
	}
	return codes, nil
}

// withoutCode returns codes without one of them; false when it is not there. All are compared, so that
// the time it takes does not tell which one it was.
func withoutCode(codes []string, code string) (rest []string, found bool) {
	rest = make([]string, 0, len(codes))
	for _, candidate := range codes {
		if secure.Equal(candidate, code) {
			found = true
			continue
		}
		rest = append(rest, candidate)
	}
	return rest, found
}
