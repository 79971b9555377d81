// Package source reads the Go that is emitted: what it declares, so that nothing has to be declared
// twice.
package source

import (
	"strings"
	"time"

	"github.com/betterauth-gen/betterauth-gen/generator/diag"
)

// Info is what the code of one package says about itself, in source order.
type Info struct {
	Package   string
	Imports   []string // sorted, each once
	Endpoints []Endpoint
	Limits    []Limit
	Hooks     []Hook
	Errors    []ErrorCode
	New       []Param  // parameters of func New; nil when there is none
	Store     []Method // methods of type Store interface
	Cookies   []string // logical names, from constants such as sessionTokenCookie
}

// Endpoint is one route.
type Endpoint struct {
	Methods []string // "GET", "POST"
	Path    string   // "/verify-email", "/reset-password/:token"
	Handler string   // name of the Go method: "VerifyEmail"
	In, Out string   // its input and output types as written there: "VerifyEmailInput", "*StatusOutput"
	Options []string // route options: "AcceptForm"
	Doc     string   // doc comment of the method
	Pos     diag.Position
}

// Pattern returns the endpoint as Handle takes it: "GET|POST /get-session".
func (e Endpoint) Pattern() string { return strings.Join(e.Methods, "|") + " " + e.Path }

// Limit is a rate limit of the paths with a prefix.
type Limit struct {
	Prefix string
	Max    int
	Window time.Duration
	Pos    diag.Position
}

// Hook is a member of core.Hooks the package sets.
type Hook struct {
	Name string // "BeforeSession"
	Pos  diag.Position
}

// ErrorCode is an error the package answers with.
type ErrorCode struct {
	Name    string // Go variable, "" for an error made in place
	Status  int
	Code    string // may be ""
	Message string
	Pos     diag.Position
}

// Method is a method of an interface.
type Method struct {
	Name    string
	Doc     string
	Params  []Param
	Results []Param
	Pos     diag.Position
}

// Param is a parameter or result. Type is Go source, Name is "" when there is none.
type Param struct{ Name, Type string }
