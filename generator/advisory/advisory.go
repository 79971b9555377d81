// Package advisory tells from a user's code whether known flaws of earlier releases are still in it.
//
// A merge keeps what the user wrote, so a fix of ours may not arrive: it conflicts, or the flawed lines
// were copied to another file, or the base says that the user took the fix out on purpose. Nothing that is
// recorded about a run can be trusted here. Each advisory has a probe therefore, which looks at the code.
package advisory

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
)

// Severity is how bad a flaw is, in the words of CVSS.
type Severity string

// The severities.
const (
	Low      Severity = "low"
	Medium   Severity = "medium"
	High     Severity = "high"
	Critical Severity = "critical"
)

// Advisory is a flaw of emitted code that a release has fixed.
type Advisory struct {
	ID       string   `yaml:"id"`
	Severity Severity `yaml:"severity"`
	Title    string   `yaml:"title"`  // what could happen, a phrase
	Advice   string   `yaml:"advice"` // how to mend it by hand
	// Files are those the flaw was emitted in, relative to the folder of the code. Where none of them was
	// emitted the flaw cannot be.
	Files   []string `yaml:"files"`
	FixedIn string   `yaml:"fixedIn"` // the first release without the flaw
	Probe   Probe    `yaml:"probe"`
}

// Probe is true of code that has the fix.
type Probe struct {
	// Package is a folder relative to that of the code, "." for the latter itself.
	Package string `yaml:"package"`
	// Declaration is looked for in every file of Package but its tests, because users move code: a
	// function, type, variable or constant, or a method as "Auth.SignOut".
	Declaration string `yaml:"declaration"`
	// Uses are names that Declaration must mention, and Avoids those it must not: "crypto/hmac.Equal" by
	// import path, "./secure.Equal" of the emitted package secure, ".HttpOnly" for any method or field and
	// "signature" of the package itself.
	Uses   []string `yaml:"uses,omitempty"`
	Avoids []string `yaml:"avoids,omitempty"`
}

//go:embed advisories.yaml
var shipped []byte

// Shipped returns the advisories of this release.
func Shipped() ([]Advisory, error) { return Parse(shipped) }

// Parse reads a list of advisories.
func Parse(text []byte) ([]Advisory, error) {
	var list []Advisory
	if err := yaml.UnmarshalWithOptions(text, &list, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("advisories: %w", err)
	}
	seen := map[string]bool{}
	for _, a := range list {
		if err := a.check(); err != nil {
			return nil, fmt.Errorf("advisory %q: %w", a.ID, err)
		}
		if seen[a.ID] {
			return nil, fmt.Errorf("advisory %q: listed twice", a.ID)
		}
		seen[a.ID] = true
	}
	return list, nil
}

func (a Advisory) check() error {
	for _, text := range []string{a.ID, a.Title, a.Advice, a.FixedIn, a.Probe.Package, a.Probe.Declaration} {
		if text == "" {
			return errors.New("id, title, advice, fixedIn, probe.package and probe.declaration are required")
		}
	}
	switch {
	case !slices.Contains([]Severity{Low, Medium, High, Critical}, a.Severity):
		return fmt.Errorf("severity %q, want low, medium, high or critical", a.Severity)
	case len(a.Files) == 0:
		return errors.New("files is empty")
	case len(a.Probe.Uses)+len(a.Probe.Avoids) == 0:
		return errors.New("the probe has neither uses nor avoids")
	}
	return nil
}
