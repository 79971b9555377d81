package bearer

// Options are the settings of the plugin.
type Options struct {
	// RequireSignature refuses session tokens without their signature. A token alone is what the
	// database holds, so with it a copy of the database signs nobody in.
	RequireSignature bool
}

// DefaultOptions returns Better Auth's defaults.
func DefaultOptions() Options { return Options{} }
