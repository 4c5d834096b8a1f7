package render

import "github.com/helmvet/helmvet/internal/lint"

// Release is what a release looks like after merging, secrets masked.
type Release struct {
	Name      string // of a file by itself: the file
	Single    bool   // a file by itself
	Namespace string
	Location  string
	Chart     string
	Packs     []string
	Layers    []string // what they are called, lowest first
	Files     []string // that the layers stand in
	Lines     []Line
}

// Line is one line of the values of a release.
type Line struct {
	Text    string
	Path    string    // of the value that begins here; "" when the line goes on with one
	Layer   int       // number of the layer that set the value, from 1; 0: several or none
	Span    lint.Span // where it was set, when that says more than the line before
	Shadows []Shadow  // nearest first
}

// Shadow is a value that another layer overrides.
type Shadow struct {
	Layer int
	Span  lint.Span
	Text  string
}
