package discover

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Tree is the repository that releases are looked for in. Names in it have
// slashes and start at its root. It is used by one goroutine at a time.
type Tree struct {
	FS   fs.FS
	Base string // the folder of the configuration, where its paths begin; "" is the root
	// Name returns what output calls a file, and what readers find it by; nil
	// leaves names as they are.
	Name func(name string) string
	Env  values.Env // replaces placeholders in the files that declare releases
	// Origins are the addresses that the repository is known by; none: it is not
	// known.
	Origins []string

	docs    map[string]*values.Document
	objects []object
	indexed bool
	files   []string
}

func (t *Tree) name(name string) string {
	if t.Name == nil {
		return name
	}
	return t.Name(name)
}

// at places a note at a file as a whole.
func (t *Tree) at(name string) lint.Span { return lint.Span{File: t.name(name)} }

// document parses a file once.
func (t *Tree) document(name string) (*values.Document, error) {
	if d, ok := t.docs[name]; ok {
		return d, nil
	}
	data, err := t.Read(name)
	if err != nil {
		return nil, err
	}
	d := values.ParseEnv(t.name(name), data, values.DefaultLimits, t.Env)
	if t.docs == nil {
		t.docs = map[string]*values.Document{}
	}
	t.docs[name] = d
	return d, nil
}

// Read returns the content of a file. Errors name it as output does.
func (t *Tree) Read(name string) ([]byte, error) {
	info, err := fs.Stat(t.FS, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such file", t.name(name))
	case err != nil:
		return nil, fmt.Errorf("%s: %w", t.name(name), cause(err))
	case info.IsDir():
		return nil, fmt.Errorf("%s: is a directory", t.name(name))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: is not a regular file", t.name(name))
	case info.Size() > int64(values.DefaultLimits.Bytes):
		return nil, fmt.Errorf("%s: is larger than %d MiB", t.name(name), values.DefaultLimits.Bytes>>20)
	}
	data, err := fs.ReadFile(t.FS, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.name(name), cause(err))
	}
	return data, nil
}

// cause strips the path that fs errors repeat.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// isFile reports whether the tree has that file.
func (t *Tree) isFile(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(t.FS, name)
	return err == nil && !info.IsDir()
}

func (t *Tree) isDir(name string) bool {
	if !fs.ValidPath(name) {
		return false
	}
	info, err := fs.Stat(t.FS, name)
	return err == nil && info.IsDir()
}

// Files lists all files of the tree in order. Hidden folders and vendored
// packages hold none of the user's.
func (t *Tree) Files() ([]string, error) {
	if t.files != nil {
		return t.files, nil
	}
	files := []string{}
	err := fs.WalkDir(t.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			if name == "." {
				return err
			}
			return nil // an unreadable folder holds nothing that can be judged
		}
		if d.IsDir() {
			if base := d.Name(); name != "." && (base[0] == '.' || base == "node_modules") {
				return fs.SkipDir
			}
			return nil
		}
		if d.Type().IsRegular() || d.Type()&fs.ModeSymlink != 0 && t.isFile(name) {
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	t.files = files
	return files, nil
}

// Glob returns the files that a pattern of the configuration names. Unlike
// Files it also finds hidden ones, if the pattern names them.
func (t *Tree) Glob(pattern string) ([]string, error) {
	full := path.Join(t.Base, pattern)
	if err := CheckGlob(pattern); err != nil {
		return nil, err
	}
	if !fs.ValidPath(full) {
		return nil, fmt.Errorf("%q leads out of the repository", pattern)
	}
	hits, err := doublestar.Glob(t.FS, full, doublestar.WithFilesOnly(), doublestar.WithNoFollow())
	if err != nil {
		return nil, fmt.Errorf("%q: %w", pattern, err)
	}
	slices.Sort(hits)
	return hits, nil
}

// foreign reports whether an address names another repository than this one.
// Mirrors and forks keep the last part of the address, so that alone counts.
func (t *Tree) foreign(url string) bool {
	if len(t.Origins) == 0 || url == "" || unknown(url) {
		return false
	}
	return !slices.ContainsFunc(t.Origins, func(o string) bool { return repoName(o) == repoName(url) })
}

func repoName(url string) string {
	url = strings.TrimSuffix(strings.TrimRight(url, "/"), ".git")
	return strings.ToLower(url[strings.LastIndexAny(url, "/:")+1:])
}

// chart returns what the folder of a chart says about it.
func (t *Tree) chart(dir string) (Chart, bool) {
	d, err := t.document(path.Join(dir, "Chart.yaml"))
	if err != nil {
		return Chart{}, false
	}
	root := d.Values()
	return Chart{Name: text(get(root, "name")), Version: text(get(root, "version")), Path: t.name(dir)}, true
}

// object is one Kubernetes object.
type object struct {
	file      string
	doc       *values.Document
	node      *values.Node
	api, kind string
	name, ns  string
	generated bool // by kustomize; node is then the generator
}

// kinds that releases refer to. Files that mention none are not parsed.
var kinds = [][]byte{
	[]byte("ConfigMap"), []byte("Secret"), []byte("OCIRepository"), []byte("HelmChart"), []byte("HelmRelease"),
	[]byte("ServiceTemplate"), []byte("configMapGenerator"), []byte("secretGenerator"),
}

// objectsOf returns the objects of a file; Lists are taken apart.
func (t *Tree) objectsOf(name string) ([]object, *values.Document, error) {
	d, err := t.document(name)
	if err != nil {
		return nil, nil, err
	}
	var out []object
	for _, r := range d.Roots {
		out = collect(out, name, d, r)
	}
	return out, d, nil
}

func collect(out []object, file string, d *values.Document, n *values.Node) []object {
	kind := text(get(n, "kind"))
	if items := get(n, "items"); strings.HasSuffix(kind, "List") && items != nil && items.Kind == values.List {
		for _, it := range items.Items {
			out = collect(out, file, d, it)
		}
		return out
	}
	switch path.Base(file) {
	case "kustomization.yaml", "kustomization.yml", "Kustomization":
		return generated(out, file, d, n)
	}
	if kind == "" {
		return out
	}
	return append(out, object{
		file: file, doc: d, node: n, api: text(get(n, "apiVersion")), kind: kind,
		name: text(get(n, "metadata", "name")), ns: text(get(n, "metadata", "namespace")),
	})
}

// generated lists the ConfigMaps and Secrets that kustomize makes from files.
// References to them are written without the hash that it adds to their names.
func generated(out []object, file string, d *values.Document, n *values.Node) []object {
	for key, kind := range map[string]string{"configMapGenerator": "ConfigMap", "secretGenerator": "Secret"} {
		for _, g := range items(get(n, key)) {
			ns := text(get(g, "namespace"))
			if ns == "" {
				ns = text(get(n, "namespace"))
			}
			out = append(out, object{file: file, doc: d, node: g, kind: kind, name: text(get(g, "name")), ns: ns, generated: true})
		}
	}
	return out
}

// index finds the objects that releases refer to, anywhere in the tree.
func (t *Tree) index() error {
	if t.indexed {
		return nil
	}
	files, err := t.Files()
	if err != nil {
		return err
	}
	for _, name := range files {
		if ext := path.Ext(name); ext != ".yaml" && ext != ".yml" {
			continue
		}
		data, err := t.Read(name)
		if err != nil || !slices.ContainsFunc(kinds, func(k []byte) bool { return bytes.Contains(data, k) }) {
			continue
		}
		objects, _, err := t.objectsOf(name)
		if err != nil {
			continue
		}
		t.objects = append(t.objects, objects...)
	}
	t.indexed = true
	return nil
}

// find returns the object that a file refers to. Of several, as trees with one
// folder for each cluster have them, the nearest is meant; when none is nearer
// than the others, problem says so.
func (t *Tree) find(from, kind, ns, name string) (o *object, problem string, err error) {
	if err := t.index(); err != nil {
		return nil, "", err
	}
	var hits []*object
	for i := range t.objects {
		c := &t.objects[i]
		if c.kind == kind && c.name == name && (ns == "" || c.ns == "" || c.ns == ns) {
			hits = append(hits, c)
		}
	}
	hits = nearest(hits, from)
	switch len(hits) {
	case 0:
		return nil, fmt.Sprintf("%s %q is not in the repository", kind, name), nil
	case 1:
		return hits[0], "", nil
	}
	return nil, fmt.Sprintf("%s %q is declared in %s and %s, and nothing tells which is meant", kind, name, t.name(hits[0].file), t.name(hits[1].file)), nil
}

// nearest keeps the objects whose file shares the longest path with another,
// and of these the ones that lie highest.
func nearest(objects []*object, from string) []*object {
	var out []*object
	best := [2]int{-1, 0}
	for _, o := range objects {
		shared := sharedParts(o.file, from)
		near := [2]int{shared, -strings.Count(o.file, "/")}
		switch c := slices.Compare(near[:], best[:]); {
		case c > 0:
			best, out = near, []*object{o}
		case c == 0:
			out = append(out, o)
		}
	}
	return out
}

func sharedParts(a, b string) int {
	if a == b {
		return 1 << 20
	}
	x, y := strings.Split(path.Dir(a), "/"), strings.Split(path.Dir(b), "/")
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}
