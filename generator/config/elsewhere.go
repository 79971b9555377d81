package config

// elsewhere is an option of upstream that has no value in betterauth.yaml: it is a Go function, or it
// is not supported.
type elsewhere struct {
	pattern  string // the option and all below it; * is any key
	function string // where to set it in Go: "Hooks.AfterSession"
	file     string // the user's file to set it in
	reason   string // why it is not supported; "" when it just is not there yet
}

// find returns the entry whose pattern is closest to path.
func find(table []elsewhere, path string) (elsewhere, bool) {
	var best elsewhere
	most := 0
	for _, e := range table {
		if keys, ok := below(path, e.pattern); ok && keys > most {
			best, most = e, keys
		}
	}
	return best, most > 0
}

// coreElsewhere lists every core option of Better Auth 1.7.5 that is not a member of core.Options or
// of Generation. A test compares it with upstream's inventory.
func coreElsewhere() []elsewhere {
	return append(functions(), unsupported()...)
}

func functions() []elsewhere {
	hook := func(pattern, name string) elsewhere {
		return elsewhere{pattern: pattern, function: "Hooks." + name, file: "hooks.go"}
	}
	mail := func(pattern, name string) elsewhere {
		return elsewhere{pattern: pattern, function: "Mails." + name, file: "mail.go"}
	}
	return []elsewhere{
		mail("emailAndPassword.sendResetPassword", "ResetPassword"),
		mail("emailVerification.sendVerificationEmail", "VerifyEmail"),
		mail("user.changeEmail.sendChangeEmailConfirmation", "ConfirmEmailChange"),
		mail("user.deleteUser.sendDeleteAccountVerification", "ConfirmDeletion"),
		hook("emailAndPassword.customSyntheticUser", "SyntheticUser"),
		hook("emailAndPassword.onExistingUserSignUp", "OnExistingUserSignUp"),
		hook("emailAndPassword.onPasswordReset", "OnPasswordReset"),
		hook("emailVerification.beforeEmailVerification", "BeforeEmailVerification"),
		hook("emailVerification.afterEmailVerification", "AfterEmailVerification"),
		hook("user.deleteUser.beforeDelete", "BeforeDeleteUser"),
		hook("user.deleteUser.afterDelete", "AfterDeleteUser"),
		hook("user.validateUserInfo", "UserCreate"),
		hook("onAPIError.onError", "OnError"),
		{pattern: "hooks", function: "Hooks", file: "hooks.go"},
		hook("hooks.before", "Before"),
		hook("hooks.after", "After"),
		{pattern: "advanced.generateId", function: "Config.GenerateID", file: "auth.go"},
		{pattern: "emailAndPassword.password.hash", function: "Config.Hasher", file: "auth.go"},
		{pattern: "emailAndPassword.password.verify", function: "Config.Hasher", file: "auth.go"},
		{pattern: "verification.storeIdentifier.hash", function: "Config.HashIdentifier", file: "auth.go"},
		{pattern: "verification.storeIdentifier.default.hash", function: "Config.HashIdentifier", file: "auth.go"},
		{pattern: "verification.storeIdentifier.overrides.*.hash", function: "Config.HashIdentifier", file: "auth.go"},
		{pattern: "advanced.backgroundTasks", function: "Config.Background", file: "auth.go"},
		{pattern: "*.additionalFields.*.validator", function: "Field.Validate", file: "fields.go"},
		{pattern: "*.additionalFields.*.onUpdate", function: "Field.OnUpdate", file: "fields.go"},
		{pattern: "*.additionalFields.*.transform", function: "Field.Input, Field.Output", file: "fields.go"},
		{pattern: "databaseHooks", function: "Hooks", file: "hooks.go"},
		hook("databaseHooks.user.create", "UserCreate"),
		hook("databaseHooks.user.update", "UserUpdate"),
		hook("databaseHooks.user.delete", "UserDelete"),
		hook("databaseHooks.session.create", "SessionCreate"),
		hook("databaseHooks.session.update", "SessionUpdate"),
		hook("databaseHooks.session.delete", "SessionDelete"),
		hook("databaseHooks.account.create", "AccountCreate"),
		hook("databaseHooks.account.update", "AccountUpdate"),
		hook("databaseHooks.account.delete", "AccountDelete"),
		hook("databaseHooks.verification.create", "VerificationCreate"),
		hook("databaseHooks.verification.delete", "VerificationDelete"),
		{pattern: "secondaryStorage.get", function: "Config.SecondaryStorage", file: "auth.go"},
		{pattern: "secondaryStorage.set", function: "Config.SecondaryStorage", file: "auth.go"},
		{pattern: "secondaryStorage.delete", function: "Config.SecondaryStorage", file: "auth.go"},
		{pattern: "secondaryStorage.getAndDelete", function: "Config.SecondaryStorage", file: "auth.go"},
		{pattern: "secondaryStorage.increment", function: "Config.SecondaryStorage", file: "auth.go"},
		{pattern: "rateLimit.customStorage", function: "Config.RateLimitStorage, a web.Store,", file: "auth.go"},
		{pattern: "logger.log", function: "Config.Logger, a *slog.Logger,", file: "auth.go"},
	}
}

func unsupported() []elsewhere {
	return []elsewhere{
		{pattern: "*.additionalFields.*.validator.output", reason: "Better Auth 1.7.5 never calls it; use Field.Output in fields.go"},
		{pattern: "advanced.cookies.*.attributes.expires", reason: "use maxAge"},
		{pattern: "advanced.cookies.*.attributes.prefix", reason: "use name"},
		{pattern: "advanced.crossSubDomainCookies.additionalCookies", reason: "Better Auth 1.7.5 ignores it; every cookie is shared"},
		{pattern: "advanced.database.defaultFindManyLimit", reason: "lists are complete"},
		{pattern: "advanced.database.joins", reason: "queries join tables where that saves one"},
		{pattern: "advanced.database.validateSchema", reason: "generate --check compares the schema with the migrations"},
		{pattern: "advanced.defaultCookieAttributes.expires", reason: "use maxAge"},
		{pattern: "advanced.defaultCookieAttributes.prefix", reason: "use advanced.cookiePrefix"},
		{pattern: "database.casing", reason: "name columns with user.fields and its siblings"},
		{pattern: "database.db", reason: "auth.go opens the database, change it there"},
		{pattern: "database.debugLogs", reason: "log in the database driver"},
		{pattern: "database.transaction", reason: "writes that belong together always share a transaction"},
		{pattern: "database.type", reason: "use database.dialect"},
		{pattern: "databaseHooks.verification.update", reason: "verification values are never changed"},
		{pattern: "logger.disableColors", reason: "use a slog handler"},
		{pattern: "onAPIError.throw", reason: "endpoints called from Go return their error"},
		{pattern: "telemetry.debug", reason: "nothing is ever sent"},
	}
}
