package e2e_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	frameworksFile = "../docs/frameworks.md"
	recipesFolder  = "node/recipes"
)

// recipeFolders holds the folder with the code of a chapter of docs/frameworks.md.
var recipeFolders = map[string]string{
	"Sessions on the front end's server": ".",
	"Recipes":                            ".",
	"Express":                            "express",
	"Hono":                               "hono",
	"Next.js":                            "next",
	"Nuxt":                               "nuxt",
	"SvelteKit":                          "sveltekit",
	"SolidStart":                         "solidstart",
	"TanStack Start":                     "tanstack",
	"Astro":                              "astro",
	"Cloudflare Workers":                 "workers",
}

// TestFrameworksPage checks that the code docs/frameworks.md shows is the code TestRecipes and
// TestRecipesWithOwnPackages run: each block names its file, and is a part of it. Only our own configuration is not run.
func TestFrameworksPage(t *testing.T) {
	text, err := os.ReadFile(frameworksFile)
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]int{}
	for _, block := range codeBlocks(string(text)) {
		if block.language == "yaml" {
			continue
		}
		folder, run := recipeFolders[block.chapter]
		if !run {
			t.Errorf("%s has code that is not run", block.chapter)
			continue
		}
		shown[block.chapter]++
		first, code, _ := strings.Cut(block.code, "\n")
		name := strings.TrimPrefix(first, "// ")
		file, err := os.ReadFile(filepath.Join(recipesFolder, folder, filepath.FromSlash(name)))
		if err != nil {
			t.Errorf("%s: a block begins with %q, which should name its file: %v", block.chapter, first, err)
			continue
		}
		if !strings.Contains(string(file), code) {
			t.Errorf("%s: this is not in %s of %s:\n%s", block.chapter, name, recipesFolder, code)
		}
	}
	for chapter := range recipeFolders {
		if shown[chapter] == 0 {
			t.Errorf("%s has no code in %s", chapter, frameworksFile)
		}
	}
}

// A codeBlock is a fenced block of a Markdown file.
type codeBlock struct{ chapter, language, code string }

// codeBlocks returns the blocks of a file in their order, each with the heading it stands below.
func codeBlocks(markdown string) []codeBlock {
	var blocks []codeBlock
	var chapter string
	var open *codeBlock
	for line := range strings.Lines(markdown) {
		switch fence := strings.HasPrefix(line, "```"); {
		case fence && open != nil:
			blocks, open = slices.Concat(blocks, []codeBlock{*open}), nil
		case fence:
			open = &codeBlock{chapter: chapter, language: strings.TrimSpace(strings.TrimLeft(line, "`"))}
		case open != nil:
			open.code += line
		case strings.HasPrefix(line, "#"):
			chapter = strings.TrimSpace(strings.TrimLeft(line, "#"))
		}
	}
	return blocks
}
