package app

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/listing"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/spf13/cobra"
)

func newValues(s Streams) *cobra.Command {
	var f releaseFlags
	var output, path string
	cmd := &cobra.Command{
		Use:   "values [-f FILE ...]",
		Short: "Print the merged values, each with the layer and line that set it",
		Long: `values merges layers as helm upgrade merges them and prints what the chart's
templates would receive. Behind each value stands the place that set it, and
the places that it overrides. With --chart, the values of the chart and its
subcharts are below the layers, as Helm puts them there. --path tells all about
one value: who sets it, what that overrides, which template lines read it, and
where a schema speaks of it. Secrets are masked.`,
		Example: `  helmvet values -f common.yaml -f prod.yaml
  helmvet values -f common.yaml --set image.tag=1.28 --output json
  helmvet values --chart redis-1.2.3.tgz -f prod.yaml --path auth.enabled`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("--output", output, "text", "json"); err != nil {
				return err
			}
			f.values.ValueFiles = append(f.values.ValueFiles, args...)
			if !f.layered() && f.chart == "" {
				return fmt.Errorf("no values: give files with -f, values with --set, or a chart with --chart")
			}
			return printValues(s, &f, output, path)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	cmd.Flags().StringVar(&path, "path", "", "tell all about the value at this `PATH`, written as for --set")
	return cmd
}

func printValues(s Streams, f *releaseFlags, output, path string) error {
	st, err := f.setup(s, 1)
	if err != nil {
		return err
	}
	rel, err := st.release(f)
	if err != nil {
		return err
	}
	merged, problems, secret, err := st.linter.Merged(&rel)
	if err != nil {
		return err
	}
	if len(problems) > 0 {
		p := problems[0]
		return fmt.Errorf("%s:%d:%d: %s", p.Span.File, p.Span.Line, p.Span.Column, p.Message)
	}
	w := bufio.NewWriter(s.Out)
	hidden := redact.Nodes(merged.Root, secret)
	switch {
	case output == "json":
		err = valuesJSON(w, newExplainer(st, &rel, merged, hidden), path)
	case path != "":
		return explainOne(s.Out, newExplainer(st, &rel, merged, hidden), path)
	default:
		err = writeError(writeValues(w, listing.Lines(merged.Root, hidden)))
	}
	if err != nil {
		return err
	}
	return writeError(w.Flush())
}

// writeValues writes values as YAML with their origin as comments, aligned.
func writeValues(w io.Writer, lines []listing.Line) error {
	origins := make([]string, len(lines))
	width := 0
	for i, l := range lines {
		if l.Placed {
			origins[i] = origin(l.Node)
		}
		if n := len([]rune(l.Text)); origins[i] != "" && n <= 60 {
			width = max(width, n)
		}
	}
	for i, l := range lines {
		text := l.Text
		if origins[i] != "" {
			text += strings.Repeat(" ", max(width-len([]rune(text)), 0)) + "  # " + origins[i]
		}
		if _, err := fmt.Fprintln(w, text); err != nil {
			return err
		}
	}
	return nil
}

// origin names the place that set a value, and what it overrides.
func origin(n *values.Node) string {
	if n == nil || n.Span.IsZero() {
		return ""
	}
	text := spot(n.Span)
	for i, s := range n.Shadows {
		if s.Span.IsZero() {
			continue
		}
		if i == 0 {
			text += ", overrides "
		} else {
			text += " and "
		}
		text += spot(s.Span)
	}
	return text
}

func spot(s lint.Span) string { return fmt.Sprintf("%s:%d:%d", s.File, s.Line, s.Column) }

type originJSON struct {
	Path   string      `json:"path"`
	Value  any         `json:"value"`
	Masked bool        `json:"masked,omitempty"`
	File   string      `json:"file"`
	Line   int         `json:"line"`
	Column int         `json:"column"`
	Layer  string      `json:"layer,omitempty"`
	Over   []placeJSON `json:"overrides,omitempty"`
	Reads  []readJSON  `json:"readBy,omitempty"`
	Schema []placeJSON `json:"schema,omitempty"`
}

// readJSON is a place in a template.
type readJSON struct {
	File string `json:"file"`
	Line int    `json:"line"`
}

type placeJSON struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// valuesJSON writes the values with the origin of each; with a path only of those
// at it and below.
func valuesJSON(w io.Writer, e *explainer, only string) error {
	at, err := lint.ParsePath(only)
	if err != nil {
		return fmt.Errorf("--path: %w", err)
	}
	root, hidden := e.root.Lookup(at), e.hidden
	if root == nil {
		return fmt.Errorf("--path %s: no layer sets it", at)
	}
	doc := struct {
		SchemaVersion int          `json:"schemaVersion"`
		Values        any          `json:"values"`
		Origins       []originJSON `json:"origins"`
	}{1, masked(root, hidden), []originJSON{}}
	root.Walk(at, func(p lint.Path, n *values.Node) bool {
		leaf := n.Kind != values.Map && n.Kind != values.List || len(n.Fields)+len(n.Items) == 0
		if len(p) == 0 || !leaf && !hidden[n] {
			return true
		}
		o := originJSON{
			Path: p.String(), Value: masked(n, hidden), Masked: hidden[n],
			File: n.Span.File, Line: n.Span.Line, Column: n.Span.Column,
		}
		if n.Layer != nil {
			o.Layer = n.Layer.Kind.Flag()
		}
		for _, s := range n.Shadows {
			if !s.Span.IsZero() {
				o.Over = append(o.Over, placeJSON{s.Span.File, s.Span.Line, s.Span.Column})
			}
		}
		chart := e.chart(p)
		for _, s := range chart.Reads {
			o.Reads = append(o.Reads, readJSON{s.File, s.Line})
		}
		for _, s := range chart.Schema {
			o.Schema = append(o.Schema, placeJSON{s.File, s.Line, s.Column})
		}
		doc.Origins = append(doc.Origins, o)
		return !hidden[n]
	})
	return writeError(writeJSON(w, doc))
}

func masked(n *values.Node, hidden map[*values.Node]bool) any {
	if hidden[n] {
		return "********"
	}
	switch n.Kind {
	case values.Map:
		m := make(map[string]any, len(n.Fields))
		for _, f := range n.Fields {
			m[f.Key] = masked(f.Value, hidden)
		}
		return m
	case values.List:
		l := make([]any, len(n.Items))
		for i, it := range n.Items {
			l[i] = masked(it, hidden)
		}
		return l
	case values.String:
		return redact.Text(n.Str)
	}
	return n.Any()
}
