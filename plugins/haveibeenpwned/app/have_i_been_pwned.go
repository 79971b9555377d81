package auth

import haveibeenpwned "github.com/betterauth-gen/betterauth-gen/plugins/haveibeenpwned/source"

// haveIBeenPwnedFuncs are the parts of the check for breached passwords that only this application can
// know. haveibeenpwned.Funcs lists them all.
func haveIBeenPwnedFuncs() haveibeenpwned.Funcs {
	return haveibeenpwned.Funcs{}
}
