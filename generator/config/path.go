package config

import (
	"strconv"
	"strings"
)

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// parent returns the path without its last key; "" for a key at the top.
func parent(path string) string {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i]
	}
	return ""
}

// base returns the last key of the path.
func base(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// below reports whether path is the one pattern means, or below it; * is any one key. The number of
// keys in the pattern tells which of several patterns is closest.
func below(path, pattern string) (keys int, ok bool) {
	have, want := strings.Split(path, "."), strings.Split(pattern, ".")
	if len(have) < len(want) {
		return 0, false
	}
	for i, key := range want {
		if key != "*" && key != have[i] {
			return 0, false
		}
	}
	return len(want), true
}

// ItemPath returns the path of an element of the list at path, as [Config.Pos] takes it.
func ItemPath(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// above returns what path is in: the list of an element, else the parent.
func above(path string) string {
	if i := strings.LastIndexByte(path, '['); i >= 0 && strings.HasSuffix(path, "]") {
		return path[:i]
	}
	return parent(path)
}
