package regocheck

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/helmvet/helmvet/internal/lazyregexp"
)

// file is one .rego file of a source.
type file struct {
	name   string // for messages
	pack   string // "" in the shared library
	folder string // name of the rule, or libName
	text   string
	module *ast.Module
	inputs inputKeys
	reach  []reach // of each rule of the module
	err    error
}

// load reads the files of all sources, in a fixed order. Files that need an
// input which is known to be absent are left out unread.
func load(sources []Source, shared fs.FS, o Options) ([]*file, error) {
	var files []*file
	if shared != nil {
		fs, err := readFolder(shared, ".", "policies/lib", "", libName)
		if err != nil {
			return nil, err
		}
		files = fs
	}
	seen := map[string]bool{}
	for _, s := range sources {
		if !packName.MatchString(s.Pack) || s.Pack == libName {
			return nil, fmt.Errorf("pack %q cannot hold policies; a pack's name is made of lower-case letters, digits and hyphens, and is not %q", s.Pack, libName)
		}
		if seen[s.Pack] {
			return nil, fmt.Errorf("pack %q is given twice; rename one of them", s.Pack)
		}
		seen[s.Pack] = true
		fs, err := s.read()
		if err != nil {
			return nil, err
		}
		files = append(files, fs...)
	}
	needs, err := needsOf(files)
	if err != nil {
		return nil, err
	}
	kept := files[:0]
	for _, f := range files {
		need := needs[f.place()]
		absent := slices.ContainsFunc(need, func(n string) bool { return slices.Contains(o.Without, n) })
		fleet := slices.Contains(need, Fleet)
		if absent || fleet && !o.Fleet || o.Fleet && !fleet && f.folder != libName {
			continue
		}
		kept = append(kept, f)
	}
	return kept, nil
}

// Fleet is the need of rules that look at all releases at once. They run once,
// not for each release.
const Fleet = "fleet"

// previous is the need of rules about what an upgrade changes.
const previous = "previous"

// Needs are the inputs that a rule may say it has nothing to say without.
var Needs = []string{"manifests", "commands", "context", Fleet, previous}

// place is the folder that a file lies in; files of one rule need the same.
func (f *file) place() string {
	if f.folder == libName {
		return f.name
	}
	return f.pack + "/" + f.folder
}

// needsOf reads what each rule, and each file of a library, needs.
func needsOf(files []*file) (map[string][]string, error) {
	out := map[string][]string{}
	for _, f := range files {
		need, err := f.needs()
		if err != nil {
			return nil, err
		}
		out[f.place()] = append(out[f.place()], need...)
	}
	return out, nil
}

// needs reads `needs: manifests, context` from the comment above the package
// clause, where METADATA stands. It is read from the text, because the point of
// it is not to parse the file.
func (f *file) needs() ([]string, error) {
	for line := range strings.Lines(f.text) {
		if !strings.HasPrefix(line, "#") {
			if strings.TrimSpace(line) == "" {
				continue
			}
			return nil, nil
		}
		if m := needsEntry.FindStringSubmatch(line); m != nil {
			words := strings.FieldsFunc(m[1]+m[2], func(r rune) bool { return strings.ContainsRune(" ,[]\"", r) })
			for _, w := range words {
				if !slices.Contains(Needs, w) {
					return nil, fmt.Errorf("%s: needs is %q; write one or several of %s", f.name, w, strings.Join(Needs, ", "))
				}
			}
			return words, nil
		}
	}
	return nil, nil
}

// needsEntry finds the entry in block style, or in flow style on the line of
// custom.
var needsEntry = lazyregexp.New(`^#[# ]*(?:needs:[ ]*([^#\r\n]*)|custom:[ ]*\{(?:.*[ ,{])?needs:[ ]*(\[[^\]]*\]|[^},]*))`)

// Sight is what the rules of a source look at beside their own release.
type Sight struct {
	Fleet    bool // some rules look at all releases at once
	Releases bool // some rules of a single release look at the others, too
}

var asksReleases = lazyregexp.New(`\binput(\.releases|\["releases"\])`)

// Sight tells what the rules of the source look at, without parsing them.
func (s Source) Sight() (Sight, error) {
	var out Sight
	if s.FS == nil {
		return out, nil
	}
	files, err := s.read()
	if err != nil {
		return out, err
	}
	needs, err := needsOf(files)
	if err != nil {
		return out, err
	}
	for _, f := range files {
		if slices.Contains(needs[f.place()], Fleet) {
			out.Fleet = out.Fleet || f.folder != libName
		} else if f.folder != libName && asksReleases.MatchString(f.text) {
			out.Releases = true
		}
	}
	return out, nil
}

var packName = lazyregexp.New(`^[a-z0-9][a-z0-9-]*$`)

// Folder is the folder as messages name it.
func (s Source) Folder() string { return s.dir() }

func (s Source) dir() string { return cmp.Or(s.Dir, "policies/"+s.Pack) }

func (s Source) read() ([]*file, error) {
	entries, err := fs.ReadDir(s.FS, ".")
	if err != nil {
		return nil, fmt.Errorf("cannot read the policies of pack %q in %s: %w", s.Pack, s.dir(), err)
	}
	var files []*file
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir() && name != dataName && !strings.HasPrefix(name, "."):
			fs, err := readFolder(s.FS, name, path.Join(s.dir(), name), s.Pack, name)
			if err != nil {
				return nil, err
			}
			files = append(files, fs...)
		case isPolicy(name):
			rule := strings.TrimSuffix(name, ".rego")
			return nil, fmt.Errorf("%s lies in no rule's folder; move it to %s", path.Join(s.dir(), name), path.Join(s.dir(), rule, "rule.rego"))
		}
	}
	return files, nil
}

func isPolicy(name string) bool {
	return strings.HasSuffix(name, ".rego") && !strings.HasSuffix(name, "_test.rego") && !strings.HasPrefix(name, ".")
}

func readFolder(fsys fs.FS, dir, shown, pack, folder string) ([]*file, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", shown, err)
	}
	var files []*file
	for _, e := range entries {
		if e.IsDir() || !isPolicy(e.Name()) {
			continue
		}
		text, err := fs.ReadFile(fsys, path.Join(dir, e.Name()))
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", path.Join(shown, e.Name()), err)
		}
		files = append(files, &file{name: path.Join(shown, e.Name()), pack: pack, folder: folder, text: string(text)})
	}
	return files, nil
}

// parse fills in module, inputs and err of every file.
func parse(ctx context.Context, files []*file, data map[string][]string, o ast.ParserOptions) {
	seen := sight{libs: map[string]bool{}, data: data}
	for _, f := range files {
		if f.folder == libName {
			seen.libs[f.pack] = true
		}
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				f := files[i]
				f.module, f.err = ast.ParseModuleWithOpts(f.name, f.text, o)
				if f.err == nil && f.module == nil {
					f.err = fmt.Errorf("%s:1: file holds no policy; begin with %s", f.name, f.wantPackage())
				}
				if f.err == nil {
					f.err = f.checkModule(seen)
				}
			}
		})
	}
	wg.Wait()
}

// wantPackage is the package clause that the file's folder asks for.
func (f *file) wantPackage() string {
	if f.pack == "" {
		return "package policies.lib"
	}
	last := fmt.Sprintf("[%q]", f.folder)
	if plainName.MatchString(f.folder) {
		last = "." + f.folder
	}
	if plainName.MatchString(f.pack) {
		return "package policies." + f.pack + last
	}
	return fmt.Sprintf("package policies[%q]%s", f.pack, last)
}

var plainName = lazyregexp.New(`^[a-zA-Z_][a-zA-Z0-9_]*$`)

func (f *file) packageRef() ast.Ref {
	r := ast.Ref{ast.DefaultRootDocument, ast.StringTerm("policies")}
	if f.pack != "" {
		r = append(r, ast.StringTerm(f.pack))
	}
	return append(r, ast.StringTerm(f.folder))
}

// sight is what there is of data: by pack, libraries and data files.
type sight struct {
	libs map[string]bool
	data map[string][]string
}

// checkModule makes sure that the package is the folder's and that every
// reference leads somewhere: OPA takes one to a library that does not exist for
// undefined, and so for silence.
func (f *file) checkModule(seen sight) error {
	own := f.packageRef()
	if pkg := f.module.Package; !pkg.Path.Equal(own) {
		return fmt.Errorf("%s:%d: %s does not match the folder; write %s", f.name, pkg.Loc().Row, pkg, f.wantPackage())
	}
	var errs []error
	check := func(r ast.Ref) {
		if err := f.checkRef(r, own, seen); err != nil {
			errs = append(errs, err)
		}
	}
	for _, i := range f.module.Imports {
		check(i.Path.Value.(ast.Ref))
	}
	for _, r := range f.module.Rules {
		f.reach = append(f.reach, f.reachOf(r, check))
	}
	return errors.Join(errs...)
}

// checkRef notes which parts of the input are asked for, and lets rules see of
// data only the libraries and the data files of its pack.
func (f *file) checkRef(r, own ast.Ref, seen sight) error {
	head, ok := r[0].Value.(ast.Var)
	if !ok {
		return nil
	}
	switch head {
	case ast.InputRootDocument.Value:
		f.inputs |= keyOf(r)
	case ast.DefaultRootDocument.Value:
		pack, ok := libOf(r)
		if ok && seen.libs[pack] && (pack == "" || f.pack == pack) || r.HasPrefix(own) {
			return nil
		}
		if pack, ok := dataOf(r); ok && pack == f.pack && len(seen.data[pack]) > 0 {
			return nil
		}
		want := []string{"data.policies.lib"}
		if f.pack != "" && seen.libs[f.pack] {
			want = append(want, fmt.Sprintf("data.policies[%q].lib", f.pack))
		}
		if f.pack != "" && len(seen.data[f.pack]) > 0 {
			want = append(want, fmt.Sprintf("data.policies[%q].data", f.pack))
		}
		return fmt.Errorf("%s:%d: %s is not there when rules run; of data a rule sees only %s", f.name, r[0].Loc().Row, r, strings.Join(want, " or "))
	}
	return nil
}

// libOf returns the pack whose library the reference leads into, "" for the
// library of all packs.
func libOf(r ast.Ref) (pack string, ok bool) {
	s := func(i int) string {
		if i < len(r) {
			if s, ok := r[i].Value.(ast.String); ok {
				return string(s)
			}
		}
		return ""
	}
	if s(1) != "policies" {
		return "", false
	}
	if s(2) == libName {
		return "", true
	}
	return s(2), s(2) != "" && s(3) == libName
}
