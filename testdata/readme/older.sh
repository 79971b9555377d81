# Makes the project one of an older release, with another line where the user has an edit.
file=internal/auth/core/sign_out.go
base=.betterauth/base/$file.base
sed -i 's|SignOutOutput{Success: true}|SignOutOutput{Success: call != nil}|' $base
sed -i "s|^- shared [0-9a-f]* $file\$|- shared $(sha256sum $base | cut -d' ' -f1) $file|" .betterauth/lock.yaml
