package values

import (
	"encoding/csv"
	"fmt"
	"strings"
	"unicode"

	"github.com/helmvet/helmvet/internal/lint"
)

// Options are the values flags of one `helm upgrade --install`, each in the
// order of the command line.
type Options struct {
	ValueFiles    []string // --values, -f: as typed, several files parted by commas
	JSONValues    []string // --set-json
	Values        []string // --set
	StringValues  []string // --set-string
	FileValues    []string // --set-file
	LiteralValues []string // --set-literal
}

// Loader reads the layers of releases.
type Loader struct {
	// Read returns the content of a file that --values or --set-file names; "-"
	// is standard input.
	Read    func(name string) ([]byte, error)
	Limits  Limits  // zero: DefaultLimits
	Env     Env     // placeholders to replace in values files
	Profile Profile // zero: the newest Helm 3
	Shared  *Shared // layers of files that several releases have in common; may be nil
}

// Layer reads one values file as a layer. The layer has no Root when Helm
// refuses the file; the problems say why. It fails when the file cannot be
// read.
func (l Loader) Layer(kind LayerKind, name string) (*Layer, []Problem, error) {
	if l.Shared == nil || kind != File || name == "-" {
		return l.layer(kind, name)
	}
	return l.Shared.layer(name, func() (*Layer, []Problem, error) { return l.layer(kind, name) })
}

func (l Loader) layer(kind LayerKind, name string) (*Layer, []Problem, error) {
	data, err := l.Read(name)
	if err != nil {
		return nil, nil, err
	}
	if l.Limits == (Limits{}) {
		l.Limits = DefaultLimits
	}
	layer, problems := DocumentLayer(kind, ParseEnv(name, data, l.Limits, l.Env), l.Profile)
	return layer, problems, nil
}

// DocumentLayer makes a layer of a values file that was read before. It has no
// Root when Helm of that version refuses the file; the problems say why. A
// document is one and the same layer, however often it is asked for.
func DocumentLayer(kind LayerKind, doc *Document, p Profile) (*Layer, []Problem) {
	root, problems := doc.ValuesFor(p)
	if root != nil && root.Layer != nil && root.Layer.Doc == doc && root.Layer.Kind == kind {
		return root.Layer, problems
	}
	layer := &Layer{Kind: kind, Name: doc.Name, Doc: doc, Root: root}
	stamp(root, layer)
	return layer, problems
}

// Release reads and merges the values of one release as Helm does: files first,
// then --set-json, --set, --set-string, --set-file and --set-literal, whatever
// their order on the command line. Problems are what Helm would refuse the
// release for: files with the place in them, arguments with the flag as file
// and its ordinal as line; the values are then without them. It fails when a
// values file cannot be read or a list of files is not well-formed.
func (l Loader) Release(o Options) (*Values, []Problem, error) {
	names, err := SplitFiles(o.ValueFiles)
	if err != nil {
		return nil, nil, err
	}
	var files []*Layer
	var problems []Problem
	for _, name := range names {
		if strings.TrimSpace(name) == "-" {
			name = "-"
		}
		layer, bad, err := l.Layer(File, name)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, layer)
		problems = append(problems, bad...)
	}
	v := MergeFiles(files...)
	return v, append(problems, l.Apply(v, o)...), nil
}

// Apply lays the --set arguments of the options over v, which it changes, and
// leaves the files of the options alone. The nodes that v was made of stay as
// they are, so that releases can share their layers.
func (l Loader) Apply(v *Values, o Options) []Problem {
	var problems []Problem
	for _, flag := range []struct {
		kind LayerKind
		args []string
	}{{SetJSON, o.JSONValues}, {Set, o.Values}, {SetString, o.StringValues}, {SetFile, o.FileValues}, {SetLiteral, o.LiteralValues}} {
		for i, arg := range flag.args {
			if p := v.set(flag.kind, arg, i+1, l); p != nil {
				problems = append(problems, *p)
			}
		}
	}
	return problems
}

// set lays one argument of a --set flag over the values.
func (v *Values) set(kind LayerKind, arg string, ordinal int, l Loader) *Problem {
	layer := &Layer{Kind: kind, Name: kind.Flag(), Arg: arg}
	if object := strings.TrimSpace(arg); kind == SetJSON && l.Profile.four() && strings.HasPrefix(object, "{") {
		root, p := jsonObject(layer, arg, ordinal)
		if p != nil {
			return p
		}
		layer.Root = root
		v.Root = merge(v.Root, root)
		v.Layers = append(v.Layers, layer)
		return nil
	}
	return v.layArgument(layer, placer(layer.Name, ordinal), l)
}

// layArgument lays the argument of a layer over the values, and notes in the layer what
// it holds alone. place makes the spans of what it sets.
func (v *Values) layArgument(layer *Layer, place func(from, to int) lint.Span, l Loader) *Problem {
	read := memoized(l.Read)
	root, p := setArgument(v.Root, layer, place, l.Profile, read)
	if p != nil {
		return p
	}
	v.Root = root
	v.Layers = append(v.Layers, layer)
	if alone, p := setArgument(&Node{Kind: Map, Layer: layer}, layer, place, l.Profile, read); p == nil {
		layer.Root = alone
	}
	return nil
}

// memoized lets the argument be applied twice, alone and to the values, though
// standard input can be read but once.
func memoized(read func(string) ([]byte, error)) func(string) ([]byte, error) {
	seen := map[string][]byte{}
	return func(name string) ([]byte, error) {
		if strings.TrimSpace(name) == "-" {
			name = "-"
		}
		if data, ok := seen[name]; ok {
			return data, nil
		}
		data, err := read(name)
		if err == nil {
			seen[name] = data
		}
		return data, err
	}
}

// jsonObject reads the form `--set-json '{"a": 1}'`.
func jsonObject(l *Layer, arg string, ordinal int) (*Node, *Problem) {
	s := setter{layer: l, arg: []rune(arg), json: true, own: map[*Node]bool{}}
	s.place = placer(l.Name, ordinal)
	for s.pos < len(s.arg) && unicode.IsSpace(s.arg[s.pos]) {
		s.pos++
	}
	n, err := s.readJSON()
	if err == nil && s.end < len(s.arg) && strings.TrimSpace(string(s.arg[s.end:])) != "" {
		err = fmt.Errorf("text after the closing brace")
	}
	if err != nil {
		return nil, &Problem{Span: s.place(0, len(s.arg)), Message: fmt.Sprintf("%s: %s", l.Name, err)}
	}
	return n, nil
}

// SplitFiles splits the arguments of --values at commas as Helm does: each is a
// line of CSV, so that a name with a comma can be put in double quotes.
func SplitFiles(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		if arg == "" {
			continue
		}
		names, err := csv.NewReader(strings.NewReader(arg)).Read()
		if err != nil {
			return nil, fmt.Errorf("--values %q is not a list of files: %w; put a name with quotes or commas in double quotes", arg, err)
		}
		out = append(out, names...)
	}
	return out, nil
}
