package core

// routes declares the core endpoints.
func (a *Auth) routes() {
	Handle(a, "POST /sign-up/email", a.SignUpEmail, AcceptForm, CheckForm, BodyKinds("object", "record"))
	Handle(a, "POST /sign-in/email", a.SignInEmail, AcceptForm, CheckForm)
	Handle(a, "POST /sign-out", a.SignOut, OptionalBody)

	Handle(a, "POST /sign-in/social", a.SignInSocial)
	Handle(a, "GET /callback/:id", a.OAuthCallback)
	Handle(a, "POST /callback/:id", a.OAuthCallbackForm, AcceptForm, OptionalBody)

	Handle(a, "GET|POST /get-session", a.GetSession, NoStore, QueryInput)
	Handle(a, "GET /list-sessions", a.ListSessions)
	Handle(a, "POST /revoke-session", a.RevokeSession)
	Handle(a, "POST /revoke-sessions", a.RevokeAllSessions)
	Handle(a, "POST /revoke-other-sessions", a.RevokeOtherSessions)
	Handle(a, "POST /update-session", a.UpdateSession, BodyKinds("record"))

	Handle(a, "POST /update-user", a.UpdateUser, BodyKinds("record"))
	Handle(a, "POST /change-email", a.ChangeEmail)
	Handle(a, "POST /delete-user", a.DeleteUser)
	Handle(a, "GET /delete-user/callback", a.DeleteUserCallback, CheckCallback)

	Handle(a, "GET /list-accounts", a.ListAccounts)
	Handle(a, "POST /link-social", a.LinkSocial)
	Handle(a, "POST /unlink-account", a.UnlinkAccount)
	Handle(a, "GET /account-info", a.AccountInfo)
	Handle(a, "POST /get-access-token", a.GetAccessToken, BodyKinds())
	Handle(a, "POST /refresh-token", a.RefreshToken, BodyKinds())

	Handle(a, "POST /change-password", a.ChangePassword)
	Handle(a, "POST /verify-password", a.VerifyPassword)
	Handle(a, "POST /request-password-reset", a.RequestPasswordReset)
	Handle(a, "GET /reset-password/:token", a.ResetPasswordLink, CheckCallback)
	Handle(a, "POST /reset-password", a.ResetPassword)

	Handle(a, "POST /send-verification-email", a.SendVerificationEmail)
	Handle(a, "GET /verify-email", a.VerifyEmail, CheckCallback)

	Handle(a, "GET /ok", a.OK)
	Handle(a, "GET /error", a.ErrorPage)
}
