package source

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"
	"time"
)

// called returns the name of the function or method a call calls, without package or receiver.
func called(call *ast.CallExpr) string { return typeName(call.Fun) }

// typeName returns the last part of a possibly qualified, possibly instantiated name, or "".
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.IndexListExpr:
		return typeName(e.X)
	}
	return ""
}

func stringLit(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func intLit(e ast.Expr) (int, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.INT {
		return 0, false
	}
	n, err := strconv.ParseInt(lit.Value, 0, 0)
	return int(n), err == nil
}

// durationLit reads time.Minute, 10*time.Second and time.Second*10.
func durationLit(e ast.Expr) (time.Duration, bool) {
	if unit, ok := unitLit(e); ok {
		return unit, true
	}
	product, ok := e.(*ast.BinaryExpr)
	if !ok || product.Op != token.MUL {
		return 0, false
	}
	n, okN := intLit(product.X)
	unit, okU := unitLit(product.Y)
	if !okN {
		n, okN = intLit(product.Y)
		unit, okU = unitLit(product.X)
	}
	return time.Duration(n) * unit, okN && okU
}

func unitLit(e ast.Expr) (time.Duration, bool) {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok || typeName(sel.X) != "time" {
		return 0, false
	}
	switch sel.Sel.Name {
	case "Millisecond":
		return time.Millisecond, true
	case "Second":
		return time.Second, true
	case "Minute":
		return time.Minute, true
	case "Hour":
		return time.Hour, true
	}
	return 0, false
}

// params lists parameters or results one by one: "a, b string" are two.
func params(fields *ast.FieldList) []Param {
	out := []Param{}
	if fields == nil {
		return out
	}
	for _, f := range fields.List {
		typ := types.ExprString(f.Type)
		if len(f.Names) == 0 {
			out = append(out, Param{Type: typ})
		}
		for _, name := range f.Names {
			out = append(out, Param{Name: name.Name, Type: typ})
		}
	}
	return out
}

func text(doc *ast.CommentGroup) string { return strings.TrimSpace(doc.Text()) }
