package regocheck

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/util"
	"sigs.k8s.io/yaml"

	"github.com/helmvet/helmvet/internal/lazyregexp"
)

// dataName is the folder of a pack that holds its data files: data/NAME.yaml is
// data.policies["PACK"].data.NAME. It is no name for a rule.
const dataName = "data"

var tableName = lazyregexp.New(`^[a-zA-Z][a-zA-Z0-9_-]*$`)

// Data reads the data files of a source: by name, what each holds. A pack
// without such files has none. The error names file and line of what is wrong.
func Data(s Source) (map[string]any, error) {
	names, err := dataNames(s)
	if err != nil {
		return nil, err
	}
	return readData(s, names)
}

// dataNames are the names of the data files of a source.
func dataNames(s Source) ([]string, error) {
	var out []string
	if s.FS == nil {
		return out, nil
	}
	entries, err := fs.ReadDir(s.FS, dataName)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	shown := path.Join(s.dir(), dataName)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", shown, err)
	}
	var bad []error
	for _, e := range entries {
		name, isYAML := strings.CutSuffix(e.Name(), ".yaml")
		full := path.Join(shown, e.Name())
		switch {
		case strings.HasSuffix(e.Name(), ".rego"):
			bad = append(bad, fmt.Errorf("%s lies among the data of the pack; move it to a rule's folder or to %s", full, path.Join(s.dir(), libName)))
			continue
		case strings.HasSuffix(e.Name(), ".yml"), strings.HasSuffix(e.Name(), ".json"):
			bad = append(bad, fmt.Errorf("%s is not read; name it %s.yaml", full, strings.TrimSuffix(e.Name(), path.Ext(e.Name()))))
			continue
		case e.IsDir() || !isYAML:
			continue
		case !tableName.MatchString(name):
			bad = append(bad, fmt.Errorf("%s: rules cannot refer to data of this name; use letters, digits, underscores and hyphens", full))
			continue
		}
		out = append(out, name)
	}
	return out, errors.Join(bad...)
}

// readData reads the data files of those names.
func readData(s Source, names []string) (map[string]any, error) {
	out := map[string]any{}
	var bad []error
	for _, name := range names {
		file := name + ".yaml"
		full := path.Join(s.dir(), dataName, file)
		text, err := fs.ReadFile(s.FS, path.Join(dataName, file))
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", full, err)
		}
		v, err := table(text)
		if err != nil {
			bad = append(bad, fmt.Errorf("%s%w", full, err))
			continue
		}
		out[name] = v
	}
	return out, errors.Join(bad...)
}

var yamlLine = lazyregexp.New(`(?s)^.*?line (\d+):\s*(.*)$`)

// table reads one data file. The error begins with ":LINE: ", or with ": "
// where no line is known.
func table(text []byte) (any, error) {
	raw, err := yaml.YAMLToJSONStrict(text)
	if err != nil {
		msg := oneLine(err.Error())
		if m := yamlLine.FindStringSubmatch(msg); m != nil {
			return nil, fmt.Errorf(":%s: the data is broken: %s", m[1], m[2])
		}
		return nil, fmt.Errorf(": the data is broken: %s", msg)
	}
	var v any
	if err := util.UnmarshalJSON(raw, &v); err != nil {
		return nil, fmt.Errorf(": the data is broken: %s", oneLine(err.Error()))
	}
	if v == nil {
		return nil, errors.New(":1: the file holds no data; fill it in, or remove it")
	}
	return v, nil
}

// store holds the data of all packs in use, as rules see it.
func newStore(data map[string]map[string]any) storage.Store {
	packs := map[string]any{}
	for pack, files := range data {
		if len(files) > 0 {
			packs[pack] = map[string]any{dataName: files}
		}
	}
	return inmem.NewFromObjectWithOpts(map[string]any{"policies": packs},
		inmem.OptRoundTripOnWrite(false), inmem.OptReturnASTValuesOnRead(true))
}

// dataOf returns the pack whose data the reference leads into.
func dataOf(r ast.Ref) (pack string, ok bool) {
	if len(r) < 4 || r[1].Value.Compare(ast.String("policies")) != 0 || r[3].Value.Compare(ast.String(dataName)) != 0 {
		return "", false
	}
	s, ok := r[2].Value.(ast.String)
	return string(s), ok && s != libName
}

// wantedData are the names of the pack's data files that its files refer to: of
// trusted policies, which refer to none that is missing, only these are read.
func wantedData(files []*file, pack string, names []string) []string {
	want := map[string]bool{}
	for _, f := range files {
		if f.pack == pack {
			for _, r := range f.reach {
				maps.Copy(want, r.data)
			}
		}
	}
	if want["*"] {
		return names
	}
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !want[n] })
}

// checkDataName finds references to data that a pack does not have: to a file,
// or to a key of the mapping that it holds. OPA takes them for undefined, and
// the rule would never speak.
func checkDataName(file string, r ast.Ref, data map[string]map[string]any) error {
	if !r.HasPrefix(policiesRef) {
		return nil
	}
	pack, ok := dataOf(r)
	if !ok || len(r) < 5 {
		return nil
	}
	name, ok := r[4].Value.(ast.String)
	if !ok {
		return nil
	}
	content, ok := data[pack][string(name)]
	if !ok {
		return fmt.Errorf("%s:%d: the pack has no data %q; mend the name in %s, or add %s/%s.yaml", file, r[0].Loc().Row, string(name), r[:5], dataName, string(name))
	}
	if len(r) < 6 {
		return nil
	}
	key, ok := r[5].Value.(ast.String)
	if !ok {
		return nil
	}
	if m, isMap := content.(map[string]any); isMap {
		if _, ok := m[string(key)]; !ok {
			return fmt.Errorf("%s:%d: %s/%s.yaml has no key %q; mend the name in %s", file, r[0].Loc().Row, dataName, string(name), string(key), r[:6])
		}
	}
	return nil
}
