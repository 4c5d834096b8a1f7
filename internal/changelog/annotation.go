package changelog

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"sigs.k8s.io/yaml"
)

// Annotation is the key of Chart.yaml that lists what a version changes.
const Annotation = "artifacthub.io/changes"

// ParseAnnotation reads the annotation of a chart of that version: a YAML list
// of texts, or of mappings with kind and description. Its entries have no line.
// It fails when the text is no such list.
func ParseAnnotation(name, version, list string) (*Log, error) {
	var items []any
	if err := yaml.Unmarshal([]byte(list), &items); err != nil {
		return nil, err
	}
	r := &reader{log: &Log{Name: name, Versions: []string{version}}, version: version}
	for _, it := range items {
		said, kind := "", ""
		switch it := it.(type) {
		case string:
			said = it
		case map[string]any:
			said, _ = it["description"].(string)
			kind, _ = it["kind"].(string)
		}
		r.source, r.heading = []byte(said), kindSection(kind)
		doc := parser().Parse(text.NewReader(r.source))
		_ = ast.Walk(doc, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
			if _, ok := n.(*ast.Paragraph); ok && enter {
				s := r.say(n)
				s.line = 0
				r.item(s, "")
				return ast.WalkSkipChildren, nil
			}
			return ast.WalkContinue, nil
		})
	}
	return r.log, nil
}

func kindSection(kind string) Section {
	switch s := Section(strings.ToLower(kind)); s {
	case Removed, Deprecated, Changed, Added:
		return s
	}
	return ""
}
