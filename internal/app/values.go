package app

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/spf13/cobra"
)

func newValues(s Streams) *cobra.Command {
	var f releaseFlags
	var output string
	cmd := &cobra.Command{
		Use:   "values [-f FILE ...]",
		Short: "Print the merged values, each with the layer and line that set it",
		Long: `values merges layers as helm upgrade merges them and prints what the chart's
templates would receive. Behind each value stands the place that set it, and
the places that it overrides. Secrets are masked.`,
		Example: `  helmvet values -f common.yaml -f prod.yaml
  helmvet values -f common.yaml --set image.tag=1.28 --output json`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("--output", output, "text", "json"); err != nil {
				return err
			}
			f.values.ValueFiles = append(f.values.ValueFiles, args...)
			if !f.layered() {
				return fmt.Errorf("no values: give files with -f, or values with --set")
			}
			return printValues(s, &f, output)
		},
	}
	f.add(cmd)
	cmd.Flags().StringVarP(&output, "output", "o", "text", "text or json")
	return cmd
}

func printValues(s Streams, f *releaseFlags, output string) error {
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
	if output == "json" {
		err = valuesJSON(w, merged.Root, hidden)
	} else {
		p := &valuesPrinter{w: w, hidden: hidden}
		p.top(merged.Root)
		err = p.flush()
	}
	if err != nil {
		return writeError(err)
	}
	return writeError(w.Flush())
}

// valuesPrinter writes values as YAML with their origin as comments, aligned.
type valuesPrinter struct {
	w      *bufio.Writer
	hidden map[*values.Node]bool
	rows   [][2]string // text and origin
}

func (p *valuesPrinter) top(root *values.Node) {
	if len(root.Fields) == 0 {
		p.row("{}", nil)
		return
	}
	p.fields(root, "", "")
}

func (p *valuesPrinter) row(text string, n *values.Node) {
	p.rows = append(p.rows, [2]string{text, origin(n)})
}

// fields prints a mapping. lead stands before its first key: the indentation,
// or the dash of the list item that it is.
func (p *valuesPrinter) fields(m *values.Node, lead, indent string) {
	for i, f := range m.Fields {
		at := indent
		if i == 0 && lead != "" {
			at = lead
		}
		p.value(at+scalarText(f.Key)+":", f.Value, indent)
	}
}

func (p *valuesPrinter) value(head string, n *values.Node, indent string) {
	switch {
	case p.hidden[n]:
		p.row(head+" "+mask, n)
	case n.Kind == values.Map && len(n.Fields) > 0:
		p.row(head, nil)
		p.fields(n, "", indent+"  ")
	case n.Kind == values.List && len(n.Items) > 0:
		p.row(head, n)
		p.items(n, indent+"  ")
	case n.Kind == values.String && strings.Contains(n.Str, "\n") && literal(n.Str):
		p.block(head, n, indent+"  ")
	default:
		p.row(head+" "+inline(n), n)
	}
}

func (p *valuesPrinter) items(l *values.Node, indent string) {
	for _, it := range l.Items {
		switch {
		case p.hidden[it]:
			p.row(indent+"- "+mask, nil)
		case it.Kind == values.Map && len(it.Fields) > 0:
			p.fields(it, indent+"- ", indent+"  ")
		case it.Kind == values.List && len(it.Items) > 0:
			p.row(indent+"-", nil)
			p.items(it, indent+"  ")
		default:
			p.row(indent+"- "+inline(it), nil)
		}
	}
}

func (p *valuesPrinter) block(head string, n *values.Node, indent string) {
	text, style := n.Str, "|"
	switch {
	case !strings.HasSuffix(text, "\n"):
		style = "|-"
	case strings.HasSuffix(text, "\n\n"):
		style = "|+"
	}
	p.row(head+" "+style, n)
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		if line != "" {
			line = indent + redact.Text(line)
		}
		p.rows = append(p.rows, [2]string{line})
	}
}

// literal reports whether a block string can hold the text as it is.
func literal(s string) bool {
	return !strings.HasPrefix(s, " ") && !strings.HasPrefix(s, "\n") && !strings.ContainsAny(s, "\t\r\x00\ufeff")
}

func (p *valuesPrinter) flush() error {
	width := 0
	for _, r := range p.rows {
		if n := len([]rune(r[0])); r[1] != "" && n <= 60 {
			width = max(width, n)
		}
	}
	for _, r := range p.rows {
		line := r[0]
		if r[1] != "" {
			line += strings.Repeat(" ", max(width-len([]rune(line)), 0)) + "  # " + r[1]
		}
		if _, err := fmt.Fprintln(p.w, line); err != nil {
			return err
		}
	}
	return nil
}

const mask = `"********"`

func inline(n *values.Node) string {
	switch n.Kind {
	case values.Map:
		return "{}"
	case values.List:
		return "[]"
	case values.String:
		return scalarText(redact.Text(n.Str))
	case values.Number:
		raw, err := json.Marshal(n.Number)
		if err != nil {
			return "null"
		}
		return string(raw)
	}
	raw, err := json.Marshal(n.Any())
	if err != nil {
		return "null"
	}
	return string(raw)
}

// scalarText writes a string so that Helm reads the same string again.
func scalarText(s string) string {
	if s != "" && !strings.ContainsAny(s, "\n\r\t") {
		read := values.Parse("", []byte("k: "+s), values.DefaultLimits).Values()
		if f := read.Get("k"); f != nil && f.Value.Kind == values.String && f.Value.Style == values.Plain && f.Value.Str == s && len(f.Value.Placeholders()) == 0 {
			return s
		}
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
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
}

type placeJSON struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func valuesJSON(w io.Writer, root *values.Node, hidden map[*values.Node]bool) error {
	doc := struct {
		SchemaVersion int          `json:"schemaVersion"`
		Values        any          `json:"values"`
		Origins       []originJSON `json:"origins"`
	}{1, masked(root, hidden), []originJSON{}}
	root.Walk(nil, func(p lint.Path, n *values.Node) bool {
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
		doc.Origins = append(doc.Origins, o)
		return !hidden[n]
	})
	return writeJSON(w, doc)
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
