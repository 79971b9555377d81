package cli

import (
	"github.com/betterauth-gen/betterauth-gen/generator"
	"github.com/betterauth-gen/betterauth-gen/generator/advisory"
	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// advisoryJSON is a known flaw in the code of a project.
type advisoryJSON struct {
	ID       string            `json:"id"`
	Severity advisory.Severity `json:"severity"`
	Title    string            `json:"title"`
	Advice   string            `json:"advice"`
	FixedIn  string            `json:"fixedIn"`
	State    advisory.State    `json:"state"`
	Path     string            `json:"path,omitempty"`
	Line     int               `json:"line,omitempty"`
}

// advisedJSON is a known flaw, and what a run does about it.
type advisedJSON struct {
	advisoryJSON
	Outcome generator.Outcome `json:"outcome"`
}

func newAdvisoryJSON(f advisory.Finding) advisoryJSON {
	return advisoryJSON{f.ID, f.Severity, f.Title, f.Advice, f.FixedIn, f.State, f.Path, f.Line}
}

// where is the place of the code, or what is known of it.
func (v advisoryJSON) where() string {
	place := diag.Position{File: v.Path, Line: v.Line}.String()
	if v.State == advisory.Unknown {
		return place + " (not found there)"
	}
	return place
}

func advisories(list []advisory.Finding) []advisoryJSON {
	out := make([]advisoryJSON, 0, len(list))
	for _, f := range list {
		out = append(out, newAdvisoryJSON(f))
	}
	return out
}

func advised(list []generator.Advised) []advisedJSON {
	out := make([]advisedJSON, 0, len(list))
	for _, a := range list {
		out = append(out, advisedJSON{newAdvisoryJSON(a.Finding), a.Outcome})
	}
	return out
}
