package username

// Options are the settings of the plugin. Lengths are counted in UTF-16 code units.
type Options struct {
	// MinUsernameLength is the length of the shortest name.
	MinUsernameLength int
	// MaxUsernameLength is the length of the longest name.
	MaxUsernameLength int
	// UsernameNormalization stores names in lower case, so that case does not tell two apart.
	UsernameNormalization bool
	// ImmutableUsername keeps a name for ever once it is set.
	ImmutableUsername bool
	// DisplayUsername stores the name as it was typed, too. Off, the column stays empty and is not returned.
	DisplayUsername bool
	ValidationOrder ValidationOrderOptions
}

// ValidationOrderOptions say whether names are checked as typed or as stored.
type ValidationOrderOptions struct {
	// Username is the order for names.
	Username string `enum:"pre-normalization,post-normalization"`
	// DisplayUsername is the order for names to display.
	DisplayUsername string `enum:"pre-normalization,post-normalization"`
}

// DefaultOptions returns Better Auth's defaults.
func DefaultOptions() Options {
	return Options{
		MinUsernameLength:     3,
		MaxUsernameLength:     30,
		UsernameNormalization: true,
		DisplayUsername:       true,
		ValidationOrder:       ValidationOrderOptions{Username: "pre-normalization", DisplayUsername: "pre-normalization"},
	}
}
