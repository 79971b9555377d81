! betterauth-gen init --yes --module shop .

$ sed -i 's/Success: true/Success: a.ended(ctx)/' internal/auth/core/sign_out.go
$ echo 'func (a *Auth) ended(context.Context) bool { return true }' >> internal/auth/core/sign_out.go
$ betterauth-gen diff --mine | grep '^[-+]'

$ betterauth-gen add two-factor | tail -n 1
$ betterauth-gen diff --mine --stat

# A new release changes a line that you have changed, too.
! sh older.sh
$ betterauth-gen generate; echo "exit code $?"

# Nothing was written. Decide: here for your line; --theirs takes the new one, --markers lets you edit both.
$ betterauth-gen generate --ours internal/auth/core/sign_out.go
$ grep -n ended internal/auth/core/sign_out.go
$ betterauth-gen generate --check
