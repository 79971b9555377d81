package username

import "context"

// Funcs are the parts of the plugin that only the application can know. Every member may be nil.
type Funcs struct {
	// ValidateUsername decides which names are allowed. Nil: letters, digits, "_" and ".".
	ValidateUsername func(ctx context.Context, username string) bool
	// ValidateDisplayUsername decides which names to display are allowed. Nil: all.
	ValidateDisplayUsername func(ctx context.Context, displayUsername string) bool
	// NormalizeUsername returns the form in which names are stored and compared. It replaces the option
	// usernameNormalization. Normalizing a name twice must give the same as once.
	NormalizeUsername func(username string) string
	// NormalizeDisplayUsername returns the form in which names to display are stored. Nil: as typed.
	NormalizeDisplayUsername func(displayUsername string) string
}
