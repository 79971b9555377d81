package provider

import "testing"

// TestProvidersAreWhatTheyAreCalled makes every provider.
func TestProvidersAreWhatTheyAreCalled(t *testing.T) {
	for _, p := range List() {
		options := p.Options()
		if got := p.Make(options).ID(); got != p.ID {
			t.Errorf("%s calls itself %s", p.ID, got)
		}
		if err := p.Check(options); err == nil {
			t.Errorf("%s works without an id", p.ID)
		}
		if p.Options() == options {
			t.Errorf("%s shares its options", p.ID)
		}
	}
	if _, ok := ByID("nobody"); ok || len(IDs()) != len(List()) {
		t.Error("there are other ids than providers")
	}
}
