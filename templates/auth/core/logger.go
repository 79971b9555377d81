package core

import (
	"context"
	"log/slog"
)

// logger returns the logger of the options: base, or slog.Default, from the configured level up.
func logger(base *slog.Logger, opts LoggerOptions) *slog.Logger {
	if opts.Disabled {
		return slog.New(slog.DiscardHandler)
	}
	if base == nil {
		base = slog.Default()
	}
	var lowest slog.Level
	if err := lowest.UnmarshalText([]byte(opts.Level)); err != nil {
		lowest = slog.LevelInfo
	}
	return slog.New(levelHandler{Handler: base.Handler(), lowest: lowest})
}

// levelHandler leaves out what is below a level, however much its handler would take.
type levelHandler struct {
	slog.Handler
	lowest slog.Level
}

// Enabled implements slog.Handler.
func (h levelHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= h.lowest && h.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (h levelHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return levelHandler{Handler: h.Handler.WithAttrs(attrs), lowest: h.lowest}
}

// WithGroup implements slog.Handler.
func (h levelHandler) WithGroup(name string) slog.Handler {
	return levelHandler{Handler: h.Handler.WithGroup(name), lowest: h.lowest}
}
