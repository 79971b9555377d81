package core

// Options are the settings of the auth server. Names and defaults are Better Auth's; durations are
// seconds, as there. DefaultOptions fills them, options_gen.go changes what betterauth.yaml sets.
type Options struct {
	// AppName is the display name, used in mails and as issuer of TOTP secrets.
	AppName string
	// BaseURL is the public origin of the server, optionally with a path. Empty: BETTER_AUTH_URL.
	BaseURL string
	// DynamicBaseURL is for a server that is reached at several hosts: each request takes its base URL from the one
	// it was sent to.
	DynamicBaseURL DynamicBaseURLOptions `name:"baseURL"`
	// BasePath prefixes every route; a path in BaseURL wins over it.
	BasePath string
	// Secret signs cookies and tokens and encrypts what is stored. Empty: BETTER_AUTH_SECRET.
	Secret string
	// Secrets are for rotation: the first signs and encrypts, the others decrypt what they encrypted, and
	// Secret reads what was stored before there were versions. Cookies and links signed with an older
	// secret end. Empty: BETTER_AUTH_SECRETS, as version:secret,version:secret.
	Secrets []VersionedSecret
	// TrustedOrigins may call the server with cookies and be redirected to; * and ? are wildcards.
	// BETTER_AUTH_TRUSTED_ORIGINS (comma separated) adds to them.
	TrustedOrigins []string
	// DisabledPaths lists routes that answer 404.
	DisabledPaths []string

	CORS              CORSOptions
	EmailAndPassword  EmailAndPasswordOptions
	EmailVerification EmailVerificationOptions
	User              UserOptions
	Session           SessionOptions
	Account           AccountOptions
	Verification      VerificationOptions
	RateLimit         RateLimitOptions
	Advanced          AdvancedOptions
	OnAPIError        OnAPIErrorOptions
	Logger            LoggerOptions

	// NoDatabase says that the store is the memory of this process, which knows nothing of what others have
	// stored or what was stored before. Cookies, and secondary storage where there is some, know better.
	NoDatabase bool `name:"-"`
}

// DynamicBaseURLOptions let requests decide the base URL, among hosts you name. A host that is not allowed, and
// has no fallback, is answered 421.
type DynamicBaseURLOptions struct {
	// AllowedHosts are the hosts, with the port unless it is the protocol's own, that a request may be sent to; * and
	// ? are wildcards. They are trusted origins, too: with https, and with http when the protocol is http or auto, or
	// the host is this machine.
	AllowedHosts []string
	// Fallback is the base URL for all other hosts, and for Go code that has no request.
	Fallback string
	// Protocol is that of base URLs: http, https, or auto for the one of the request, as when it is unset. Behind a
	// proxy that ends TLS set https, or advanced.trustedProxyHeaders. http and https also decide whether cookies are
	// Secure; otherwise production does.
	Protocol string `enum:"http,https,auto"`
}

// CORSOptions let pages of other origins call the server with cookies. Better Auth has no such option: there it
// is the business of the web framework.
type CORSOptions struct {
	// Origins may call, exactly as browsers send them: https://app.example.com. They are trusted origins, too.
	// Empty: pages of other origins cannot read answers.
	Origins []string
	// MaxAge is how many seconds a browser remembers what it may send.
	MaxAge int
}

// EmailAndPasswordOptions set up sign-in with a password.
type EmailAndPasswordOptions struct {
	// Enabled turns on the password endpoints.
	Enabled bool
	// DisableSignUp refuses new registrations.
	DisableSignUp bool
	// AutoSignIn opens a session after sign-up. Off, sign-up no longer reveals whether an address is known.
	AutoSignIn bool
	// RequireEmailVerification refuses sign-in until the address is verified.
	RequireEmailVerification bool
	// MinPasswordLength is counted in UTF-16 code units.
	MinPasswordLength int
	// MaxPasswordLength is counted in UTF-16 code units.
	MaxPasswordLength int
	// ResetPasswordTokenExpiresIn is the lifetime of a reset link in seconds.
	ResetPasswordTokenExpiresIn int
	// RevokeSessionsOnPasswordReset signs the user out everywhere after a reset.
	RevokeSessionsOnPasswordReset bool

	Password PasswordOptions
	Lockout  LockoutOptions
}

// LockoutOptions bound how often a password can be guessed, from however many addresses.
type LockoutOptions struct {
	// Enabled stops checking a password after too many failures. Sign-in then answers as for a wrong one.
	Enabled bool
	// MaxAttempts is how many failures in a window are too many, at most 100. The failures of those who
	// are signed in, where an endpoint asks for the password again, count apart.
	MaxAttempts int
	// Window is how many seconds a failure counts. A password reset by mail forgets them.
	Window int
}

// PasswordOptions choose how passwords are hashed.
type PasswordOptions struct {
	// Algorithm is scrypt (Better Auth's), argon2id or bcrypt. Hashes of the other two still verify
	// and are replaced when their owner signs in.
	Algorithm string `enum:"scrypt,argon2id,bcrypt"`
	// MemoryLimit bounds, in MiB, how many hashes run at once: each counts 64. The process may grow by half as much again.
	MemoryLimit int
	// QueueTimeout is how many seconds a request waits for its turn to hash before it gets 503.
	QueueTimeout int
}

// EmailVerificationOptions set up the verification of addresses.
type EmailVerificationOptions struct {
	// SendOnSignUp mails a link after sign-up. Unset: when EmailAndPassword.RequireEmailVerification is on.
	SendOnSignUp *bool
	// SendOnSignIn mails a link again when an unverified user signs in.
	SendOnSignIn bool
	// AutoSignInAfterVerification opens a session when the link is opened.
	AutoSignInAfterVerification bool
	// ExpiresIn is the lifetime of a verification link in seconds.
	ExpiresIn int
}

// UserOptions set up what users may do with their own account.
type UserOptions struct {
	ChangeEmail ChangeEmailOptions
	DeleteUser  DeleteUserOptions
}

// ChangeEmailOptions set up the change of the address.
type ChangeEmailOptions struct {
	// Enabled turns on /change-email.
	Enabled bool
	// UpdateEmailWithoutVerification lets users with an unverified address switch at once.
	UpdateEmailWithoutVerification bool
}

// DeleteUserOptions set up self-service deletion.
type DeleteUserOptions struct {
	// Enabled turns on /delete-user.
	Enabled bool
	// DeleteTokenExpiresIn is the lifetime of a deletion link in seconds.
	DeleteTokenExpiresIn int
}

// SessionOptions set the lifetime of sessions.
type SessionOptions struct {
	// ExpiresIn is the lifetime of a session and its cookie in seconds, at most 400 days.
	ExpiresIn int
	// UpdateAge is the age in seconds after which a read extends the session; 0 means every read.
	UpdateAge int
	// FreshAge is how many seconds after sign-in a session is fresh enough for sensitive endpoints; 0 disables the check.
	FreshAge int
	// DisableSessionRefresh never extends sessions.
	DisableSessionRefresh bool
	// DeferSessionRefresh keeps GET requests from writing: the client extends with POST /get-session.
	DeferSessionRefresh bool

	// StoreSessionInDatabase keeps sessions in the database, too, when there is secondary storage.
	StoreSessionInDatabase bool
	// PreserveSessionInDatabase keeps the rows of sessions that have ended, with the time of their end as
	// expiry. It needs StoreSessionInDatabase and makes secondary storage alone decide which sessions live.
	PreserveSessionInDatabase bool

	CookieCache CookieCacheOptions
}

// CookieCacheOptions keep a copy of the session in a cookie, so that most reads need no database. A
// session that is revoked can be read from it for up to MaxAge; sensitive endpoints never trust it.
type CookieCacheOptions struct {
	// Enabled turns the cache on.
	Enabled bool
	// MaxAge is the lifetime of the copy in seconds. Without a database and secondary storage it is that of a
	// session unless it is set.
	MaxAge int
	// Strategy is the form of the cookie: compact (signed JSON), jwt (HS256), or jwe (encrypted).
	Strategy string `enum:"compact,jwt,jwe"`
	// Version invalidates every copy when it changes. Hooks.CookieCacheVersion can decide it for each session.
	Version string
	// RefreshCache renews a copy that ends soon from itself, until the session ends. It is for servers without a
	// database and secondary storage, where it is on by default; elsewhere it is ignored, because there the store
	// renews copies.
	RefreshCache RefreshCacheOptions `switch:"Enabled"`
}

// RefreshCacheOptions say when a copy is renewed from itself.
type RefreshCacheOptions struct {
	Enabled bool `name:"-"`
	// UpdateAge is how many seconds before its end a copy is renewed. Unset: a fifth of MaxAge.
	UpdateAge *int
}

// AccountOptions set up the accounts people have with social providers.
type AccountOptions struct {
	AccountLinking AccountLinkingOptions
	// UpdateAccountOnSignIn stores the provider's new tokens at every sign-in.
	UpdateAccountOnSignIn bool
	// EncryptOAuthTokens encrypts access and refresh tokens in the database.
	EncryptOAuthTokens bool `name:"encryptOAuthTokens"`
	// StoreStateStrategy says where a sign-in waits while the browser is at the provider: in the database,
	// or in an encrypted cookie.
	StoreStateStrategy string `enum:"database,cookie"`
	// SkipStateCookieCheck lets a sign-in end in another browser than it began in. Do not: whoever is sent
	// a link then signs in as its sender.
	SkipStateCookieCheck bool
	// StoreAccountCookie keeps the account last signed in with in an encrypted cookie.
	StoreAccountCookie bool
}

// AccountLinkingOptions say when an account with a provider is added to a user who is there already.
type AccountLinkingOptions struct {
	// Enabled allows linking at all.
	Enabled bool
	// DisableImplicitLinking never links during a sign-in, only through /link-social.
	DisableImplicitLinking bool
	// RequireLocalEmailVerified links during a sign-in only to users with a verified address. Off, whoever
	// registered an address first keeps the user its owner signs in to, but for the password.
	RequireLocalEmailVerified bool
	// TrustedProviders are linked even when they do not vouch for the address.
	TrustedProviders []string
	// AllowDifferentEmails lets /link-social add an account with another address.
	AllowDifferentEmails bool
	// AllowUnlinkingAll lets the last account be unlinked.
	AllowUnlinkingAll bool
	// UpdateUserInfoOnLink copies name, image and configured fields of the profile when it is linked.
	UpdateUserInfoOnLink bool
}

// VerificationOptions set up single-use values.
type VerificationOptions struct {
	// DisableCleanup keeps expired rows.
	DisableCleanup bool
	// StoreInDatabase keeps values in the database, too, when there is secondary storage.
	StoreInDatabase bool
	// StoreIdentifier is plain, or hashed to keep tokens out of the database.
	StoreIdentifier string `enum:"plain,hashed"`
	// StoreIdentifiers is for identifiers that are stored in different ways.
	StoreIdentifiers StoreIdentifierOptions `name:"storeIdentifier"`
}

// StoreIdentifierOptions tell identifiers apart by how they begin.
type StoreIdentifierOptions struct {
	// Default is plain or hashed, for all others. Unset: plain.
	Default string `enum:"plain,hashed"`
	// Overrides map beginnings, such as reset-password, to plain or hashed. The longest that fits decides.
	Overrides map[string]string `enum:"plain,hashed"`
}

// RateLimitOptions set up the request limiter.
type RateLimitOptions struct {
	// Enabled turns the limiter on. Unset: in production only.
	Enabled *bool
	// Window is the default window in seconds.
	Window int
	// Max is the default number of requests in a window.
	Max int
	// Storage is where requests are counted: memory, of each process by itself; or database or
	// secondary-storage, which all processes share. Unset: secondary-storage where there is one, else memory.
	Storage string `enum:"memory,database,secondary-storage"`
	// CustomRules maps a path or pattern (* one segment, ** any) to its own rule. The first that fits decides.
	CustomRules []CustomRule `keys:"Path"`
}

// A CustomRule is the rule of the paths that are, or fit, Path.
type CustomRule struct {
	Path string
	Rule RateLimitRule
}

// A RateLimitRule allows Max requests in Window seconds. The zero rule lifts the limit.
type RateLimitRule struct {
	Window int
	Max    int
}

// AdvancedOptions are low-level switches.
type AdvancedOptions struct {
	// CookiePrefix is the first part of cookie names.
	CookiePrefix string
	// UseSecureCookies forces the Secure attribute and the __Secure- prefix. Unset: when the base URL is https.
	UseSecureCookies *bool
	// Cookies changes the name and attributes of single cookies, by logical name such as session_token.
	Cookies map[string]CookieOptions
	// DefaultCookieAttributes are merged into every cookie.
	DefaultCookieAttributes CookieAttributes
	// CrossSubDomainCookies shares cookies between subdomains.
	CrossSubDomainCookies CrossSubDomainCookiesOptions
	// DisableCSRFCheck skips the checks of Origin and fetch metadata. Do not.
	DisableCSRFCheck bool
	// DisableOriginCheck skips the validation of redirect targets, and of Origin unless DisableCSRFCheck says otherwise. Do not.
	DisableOriginCheck bool
	// SkipTrailingSlashes accepts paths that end in a slash.
	SkipTrailingSlashes bool
	// TrustedProxyHeaders takes host and protocol of a request from X-Forwarded-Host and X-Forwarded-Proto, where
	// requests decide the base URL, see baseURL.allowedHosts. With ipAddress.trustedProxies only those are believed.
	TrustedProxyHeaders bool

	IPAddress IPAddressOptions
}

// CookieOptions override one cookie.
type CookieOptions struct {
	// Name replaces prefix and logical name; the secure prefix is still added.
	Name       string
	Attributes CookieAttributes
}

// CookieAttributes override attributes of a cookie; unset members keep their value.
type CookieAttributes struct {
	Domain      string
	Path        string
	HTTPOnly    *bool `name:"httpOnly"`
	Secure      *bool
	SameSite    string `enum:"lax,strict,none"`
	Partitioned *bool
	MaxAge      *int
}

// CrossSubDomainCookiesOptions share cookies between subdomains.
type CrossSubDomainCookiesOptions struct {
	Enabled bool
	// Domain is the Domain attribute. Empty: the host of the base URL.
	Domain string
}

// IPAddressOptions say how the address of a client is found.
type IPAddressOptions struct {
	// IPAddressHeaders are inspected in order. An empty list believes none: for servers without a proxy.
	IPAddressHeaders []string
	// TrustedProxies are addresses or CIDR ranges removed from the right of a forwarded chain.
	TrustedProxies []string
	// IPv6Subnet is the number of bits of an IPv6 address that identify a client.
	IPv6Subnet int `name:"ipv6Subnet"`
	// UnknownAddress says whose rate limit counts when no header tells the address of a client:
	// connection, the one of where the connection comes from, which behind a proxy is the proxy; or
	// shared, one for all such clients, as in Better Auth. Either way the log says so again and again.
	UnknownAddress string `enum:"connection,shared"`
	// DisableIPTracking never looks at addresses, which switches rate limits off.
	DisableIPTracking bool `name:"disableIpTracking"`
}

// OnAPIErrorOptions set up the error page.
type OnAPIErrorOptions struct {
	// ErrorURL receives redirects that report an error. Empty: the built-in page at /error.
	ErrorURL string

	CustomizeDefaultErrorPage ErrorPageOptions
}

// ErrorPageOptions change the look of the built-in page, which production shows only then. Values are CSS.
type ErrorPageOptions struct {
	// DisableBackgroundGrid leaves out the lines behind the page.
	DisableBackgroundGrid bool
	// DisableCornerDecorations leaves out the marks in the corners.
	DisableCornerDecorations bool
	// DisableTitleBorder leaves out the line below the title.
	DisableTitleBorder bool

	Colors ErrorPageColors
	Font   ErrorPageFont
	Size   ErrorPageSize
}

// ErrorPageColors are the colors of the built-in error page.
type ErrorPageColors struct {
	// Background is the color of the page.
	Background string
	// Foreground is the color of text.
	Foreground string
	// Primary is the color of the button.
	Primary string
	// PrimaryForeground is the color of the button's text.
	PrimaryForeground string
	// MutedForeground is the color of explanations.
	MutedForeground string
	// Border is the color of the card's edge.
	Border string
	// Destructive is the color of the mark above the title.
	Destructive string
	// TitleBorder is the color of the line below the title.
	TitleBorder string
	// TitleColor is the color of the title.
	TitleColor string
	// GridColor is the color of the lines behind the page.
	GridColor string
	// CardBackground is the color of the card.
	CardBackground string
	// CornerBorder is the color of the marks in the corners.
	CornerBorder string
}

// ErrorPageFont are the typefaces of the built-in error page.
type ErrorPageFont struct {
	// DefaultFamily is the typeface of text.
	DefaultFamily string
	// MonoFamily is the typeface of the code.
	MonoFamily string
}

// ErrorPageSize are the measures of the built-in error page.
type ErrorPageSize struct {
	// RadiusSm rounds the code.
	RadiusSm string
	// RadiusMd rounds the button.
	RadiusMd string
	// RadiusLg rounds the card.
	RadiusLg string
	// TextSm is the size of text.
	TextSm string
	// Text2XL is the size of the title on small screens.
	Text2XL string `name:"text2xl"`
	// Text4XL is the size of the title.
	Text4XL string `name:"text4xl"`
	// Text6XL is the size of the mark above the title.
	Text6XL string `name:"text6xl"`
}

// LoggerOptions set up logging.
type LoggerOptions struct {
	// Disabled silences the auth server.
	Disabled bool
	// Level is the lowest level logged: successes are info, refusals warn. Better Auth's default is warn.
	Level string `enum:"debug,info,warn,error"`
}

// StatelessOptions returns Better Auth's defaults for a server with neither a database nor secondary storage:
// sessions, accounts and sign-ins under way are in encrypted cookies, and so outlive the process.
func StatelessOptions() Options {
	o := NoDatabaseOptions()
	o.Session.CookieCache = CookieCacheOptions{
		Enabled: true, Strategy: "jwe", Version: "1", RefreshCache: RefreshCacheOptions{Enabled: true},
	}
	o.Account.StoreStateStrategy = "cookie"
	return o
}

// NoDatabaseOptions returns Better Auth's defaults for a server whose sessions are in secondary storage and that
// has no database: a cookie holds the account.
func NoDatabaseOptions() Options {
	o := DefaultOptions()
	o.NoDatabase = true
	o.Account.StoreAccountCookie = true
	return o
}

// DefaultOptions returns Better Auth's defaults.
func DefaultOptions() Options {
	const hour, day = 60 * 60, 24 * 60 * 60
	return Options{
		AppName:  "Better Auth",
		BasePath: "/api/auth",
		CORS:     CORSOptions{MaxAge: 600},
		EmailAndPassword: EmailAndPasswordOptions{
			AutoSignIn:                  true,
			MinPasswordLength:           8,
			MaxPasswordLength:           128,
			ResetPasswordTokenExpiresIn: hour,
			Password:                    PasswordOptions{Algorithm: "scrypt", MemoryLimit: 256, QueueTimeout: 30},
			Lockout:                     LockoutOptions{Enabled: true, MaxAttempts: 20, Window: 6 * hour},
		},
		EmailVerification: EmailVerificationOptions{ExpiresIn: hour},
		User:              UserOptions{DeleteUser: DeleteUserOptions{DeleteTokenExpiresIn: day}},
		Session: SessionOptions{
			ExpiresIn: 7 * day, UpdateAge: day, FreshAge: day,
			CookieCache: CookieCacheOptions{MaxAge: 300, Strategy: "compact", Version: "1"},
		},
		Account: AccountOptions{
			AccountLinking:        AccountLinkingOptions{Enabled: true, RequireLocalEmailVerified: true},
			UpdateAccountOnSignIn: true,
			StoreStateStrategy:    "database",
		},
		Verification: VerificationOptions{StoreIdentifier: "plain"},
		RateLimit:    RateLimitOptions{Window: 10, Max: 100},
		Advanced: AdvancedOptions{
			CookiePrefix: "better-auth",
			IPAddress:    IPAddressOptions{IPAddressHeaders: []string{"x-forwarded-for"}, IPv6Subnet: 64, UnknownAddress: "connection"},
		},
		Logger: LoggerOptions{Level: "info"},
	}
}
