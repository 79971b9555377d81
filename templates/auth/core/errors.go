package core

import (
	"errors"
	"net/http"
)

// An Error is a failure the client is told about: a status, a code for programs, a message for people.
// Anything else that goes wrong is answered with an empty 500 and logged.
type Error struct {
	Status  int
	Code    string
	Message string
}

// NewError returns an Error. Declare errors as package variables, so that each code has one definition.
func NewError(status int, code, message string) *Error {
	return &Error{Status: status, Code: code, Message: message}
}

// Error implements error.
func (e *Error) Error() string {
	if e.Code == "" && e.Message == "" {
		return http.StatusText(e.Status)
	}
	return e.Code + ": " + e.Message
}

// Is reports that target is an Error of the same status and code, whatever its message.
func (e *Error) Is(target error) bool {
	var other *Error
	return errors.As(target, &other) && other.Status == e.Status && other.Code == e.Code
}

// With returns a copy of e with another message.
func (e *Error) With(message string) *Error {
	return &Error{Status: e.Status, Code: e.Code, Message: message}
}

// ErrCanceled is what a Before hook returns to stop a write without a reason for the client.
var ErrCanceled = errors.New("canceled by hook")

// canceledAs replaces ErrCanceled by what an endpoint answers then.
func canceledAs(answer *Error, err error) error {
	if errors.Is(err, ErrCanceled) {
		return answer
	}
	return err
}

// The errors of the core endpoints.
var (
	ErrUnauthorized     = NewError(401, "UNAUTHORIZED", "Unauthorized")
	ErrSessionNotFresh  = NewError(403, "SESSION_NOT_FRESH", "Session is not fresh")
	ErrSessionExpired   = NewError(400, "SESSION_EXPIRED", "Session expired. Re-authenticate to perform this action.")
	ErrGetSession       = NewError(500, "FAILED_TO_GET_SESSION", "Failed to get session")
	ErrExtendSession    = NewError(401, "FAILED_TO_GET_SESSION", "Failed to get session")
	ErrDeferRequired    = NewError(405, "METHOD_NOT_ALLOWED_DEFER_SESSION_REQUIRED", "POST method requires deferSessionRefresh to be enabled in session config")
	ErrCreateSession    = NewError(500, "FAILED_TO_CREATE_SESSION", "Failed to create session")
	ErrSignUpSession    = NewError(400, "FAILED_TO_CREATE_SESSION", "Failed to create session")
	ErrSignInSession    = NewError(401, "FAILED_TO_CREATE_SESSION", "Failed to create session")
	ErrHostNotAllowed   = NewError(421, "HOST_NOT_ALLOWED", "Host is not allowed") // RFC 9110 §15.5.20
	ErrHashingBusy      = NewError(503, "SERVICE_UNAVAILABLE", "Too many sign-ins at once. Please try again.")
	ErrMissingField     = NewError(400, "MISSING_FIELD", "Field is required")
	ErrFieldNotAllowed  = NewError(400, "FIELD_NOT_ALLOWED", "Field not allowed to be set")
	ErrNoFieldsToUpdate = NewError(400, "", "No fields to update")

	ErrEmailPasswordDisabled       = NewError(400, "EMAIL_PASSWORD_DISABLED", "Email and password is not enabled")
	ErrEmailPasswordSignUpDisabled = NewError(400, "EMAIL_PASSWORD_SIGN_UP_DISABLED", "Email and password sign up is not enabled")
	ErrInvalidEmail                = NewError(400, "INVALID_EMAIL", "Invalid email")
	ErrInvalidEmailOrPassword      = NewError(401, "INVALID_EMAIL_OR_PASSWORD", "Invalid email or password")
	ErrInvalidPassword             = NewError(400, "INVALID_PASSWORD", "Invalid password")
	ErrTooManyFailures             = NewError(429, "TOO_MANY_FAILED_ATTEMPTS", "Too many failed attempts. Please try again later.")
	ErrPasswordTooShort            = NewError(400, "PASSWORD_TOO_SHORT", "Password too short")
	ErrPasswordTooLong             = NewError(400, "PASSWORD_TOO_LONG", "Password too long")
	ErrPasswordAlreadySet          = NewError(400, "PASSWORD_ALREADY_SET", "User already has a password set")
	ErrCredentialAccountNotFound   = NewError(400, "CREDENTIAL_ACCOUNT_NOT_FOUND", "Credential account not found")
	ErrUserExists                  = NewError(422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "User already exists. Use another email.")
	ErrSignUpCanceled              = NewError(400, "FAILED_TO_CREATE_USER", "Failed to create user")
	ErrCreateUser                  = NewError(422, "FAILED_TO_CREATE_USER", "Failed to create user")
	ErrResetPasswordDisabled       = NewError(400, "RESET_PASSWORD_DISABLED", "Reset password isn't enabled")
	ErrInvalidToken                = NewError(400, "INVALID_TOKEN", "Invalid token")
	ErrUserNotFound                = NewError(400, "USER_NOT_FOUND", "User not found")

	ErrEmailNotVerified             = NewError(403, "EMAIL_NOT_VERIFIED", "Email not verified")
	ErrEmailAlreadyVerified         = NewError(400, "EMAIL_ALREADY_VERIFIED", "Email is already verified")
	ErrEmailMismatch                = NewError(400, "EMAIL_MISMATCH", "Email mismatch")
	ErrVerificationEmailNotEnabled  = NewError(400, "VERIFICATION_EMAIL_NOT_ENABLED", "Verification email isn't enabled")
	ErrVerifyInvalidToken           = NewError(401, "INVALID_TOKEN", "Invalid token")
	ErrVerifyTokenExpired           = NewError(401, "TOKEN_EXPIRED", "Token expired")
	ErrVerifyUserNotFound           = NewError(401, "USER_NOT_FOUND", "User not found")
	ErrVerifyInvalidUser            = NewError(401, "INVALID_USER", "Invalid user")
	ErrEmailCannotBeUpdated         = NewError(400, "EMAIL_CAN_NOT_BE_UPDATED", "Email can not be updated")
	ErrChangeEmailDisabled          = NewError(400, "CHANGE_EMAIL_DISABLED", "Change email is disabled")
	ErrSameEmail                    = NewError(400, "", "Email is the same")
	ErrChangeEmailMailNotConfigured = NewError(400, "", "Verification email isn't enabled")

	ErrProviderNotFound           = NewError(404, "PROVIDER_NOT_FOUND", "Provider not found")
	ErrProviderNotSupported       = NewError(400, "PROVIDER_NOT_SUPPORTED", "Provider is not supported.")
	ErrProviderNotConfigured      = NewError(400, "PROVIDER_NOT_CONFIGURED", "Account is not associated with a configured social provider.")
	ErrIDTokenNotSupported        = NewError(404, "ID_TOKEN_NOT_SUPPORTED", "id_token not supported")
	ErrInvalidIDToken             = NewError(401, "INVALID_TOKEN", "Invalid token")
	ErrProviderUserInfo           = NewError(401, "FAILED_TO_GET_USER_INFO", "Failed to get user info")
	ErrUserEmailNotFound          = NewError(401, "USER_EMAIL_NOT_FOUND", "User email not found")
	ErrOAuthLink                  = NewError(401, "OAUTH_LINK_ERROR", "account not linked")
	ErrSocialAccountAlreadyLinked = NewError(409, "SOCIAL_ACCOUNT_ALREADY_LINKED", "Social account already linked")
	ErrLinkingNotAllowed          = NewError(401, "LINKING_NOT_ALLOWED", "Account not linked - linking not allowed")
	ErrLinkingDifferentEmails     = NewError(401, "LINKING_DIFFERENT_EMAILS_NOT_ALLOWED", "Account not linked - different emails not allowed")
	ErrLinkingFailed              = NewError(417, "LINKING_FAILED", "Account not linked - unable to create account")
	ErrUnlinkLastAccount          = NewError(400, "FAILED_TO_UNLINK_LAST_ACCOUNT", "You can't unlink your last account")
	ErrAccountNotFound            = NewError(400, "ACCOUNT_NOT_FOUND", "Account not found")
	ErrAccountSession             = NewError(401, "", "")
	ErrUserIDRequired             = NewError(400, "USER_ID_OR_SESSION_REQUIRED", "Either userId or session is required")
	ErrGetAccessToken             = NewError(400, "FAILED_TO_GET_ACCESS_TOKEN", "Failed to get a valid access token")
	ErrAccessTokenNotFound        = NewError(400, "ACCESS_TOKEN_NOT_FOUND", "Access token not found")
	ErrRefreshNotSupported        = NewError(400, "TOKEN_REFRESH_NOT_SUPPORTED", "Provider does not support token refreshing.")
	ErrRefreshTokenNotFound       = NewError(400, "REFRESH_TOKEN_NOT_FOUND", "Refresh token not found")
	ErrRefreshAccessToken         = NewError(400, "FAILED_TO_REFRESH_ACCESS_TOKEN", "Failed to refresh access token")

	ErrNotFound             = NewError(404, "", "")
	ErrDeleteUserInfo       = NewError(404, "FAILED_TO_GET_USER_INFO", "Failed to get user info")
	ErrDeleteInvalidToken   = NewError(404, "INVALID_TOKEN", "Invalid token")
	ErrDeleteNotFound       = NewError(404, "NOT_FOUND", "Not found")
	ErrBadJSON              = NewError(400, "BAD_REQUEST", "Invalid JSON in request body")
	ErrValidation           = NewError(400, "VALIDATION_ERROR", "Validation Error")
	ErrUnsupportedMediaType = NewError(415, "UNSUPPORTED_MEDIA_TYPE", "")
	ErrMissingOrNullOrigin  = NewError(403, "MISSING_OR_NULL_ORIGIN", "Missing or null Origin")
	ErrInvalidOrigin        = NewError(403, "INVALID_ORIGIN", "Invalid origin")
	ErrCrossSiteLogin       = NewError(403, "CROSS_SITE_NAVIGATION_LOGIN_BLOCKED", "Cross-site navigation login blocked. This request appears to be a CSRF attack.")
	ErrInvalidCallbackURL   = NewError(403, "INVALID_CALLBACK_URL", "Invalid callbackURL")
	ErrInvalidRedirectURL   = NewError(403, "INVALID_REDIRECT_URL", "Invalid redirectURL")
	ErrInvalidErrorURL      = NewError(403, "INVALID_ERROR_CALLBACK_URL", "Invalid errorCallbackURL")
	ErrInvalidNewUserURL    = NewError(403, "INVALID_NEW_USER_CALLBACK_URL", "Invalid newUserCallbackURL")
)
