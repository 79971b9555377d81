package generator

import (
	"strings"
	"testing"

	"github.com/betterauth-gen/betterauth-gen/generator/reconcile"
)

// TestFateOfDeletedFile: where a new file needs what a deleted one declares, there is a way on.
func TestFateOfDeletedFile(t *testing.T) {
	old := []byte("package core\n\ntype SignOutInput struct{}\n")
	use := []byte("package core\n\nvar _ SignOutInput\n")
	files := []reconcile.Action{
		{Path: "core/provider_logout.go", Kind: reconcile.Create, Theirs: use, Result: use},
		{Path: "core/sign_out.go", Kind: reconcile.Keep, Base: old, Theirs: old},
	}
	if got := fateIn(files, "SignOutInput", false); !strings.Contains(got, "which you deleted; --restore core/sign_out.go brings it back") {
		t.Errorf("got %q", got)
	}
	files[1].Ours, files[1].Result = use, use
	if got := fateIn(files, "SignOutInput", false); !strings.Contains(got, "which you removed") {
		t.Errorf("got %q", got)
	}
}
