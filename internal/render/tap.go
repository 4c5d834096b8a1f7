package render

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
)

func init() { register(Format{Name: "tap", Write: TAP}) }

// TAP writes the Test Anything Protocol, version 14: each finding is a failed
// test. Those below FailOn are marked TODO, which does not count as failed.
func TAP(w io.Writer, r *lint.Report, o Options) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "TAP version 14\n1..%d\n", max(len(r.Findings), 1))
	if len(r.Findings) == 0 {
		fmt.Fprintf(b, "ok 1 - %s: no findings\n", judged(r))
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		fmt.Fprintf(b, "not ok %d - %s", i+1, tapEscaper.Replace(place(f.Span)+": "+f.Rule))
		if f.Severity < o.FailOn {
			fmt.Fprintf(b, " # TODO %s", f.Severity)
		}
		fmt.Fprint(b, "\n  ---\n")
		for _, kv := range [][2]string{
			{"message", Printable(f.Message)}, {"severity", f.Severity.String()}, {"path", f.Path.String()}, {"release", about(f)},
		} {
			if kv[1] != "" {
				fmt.Fprintf(b, "  %s: %s\n", kv[0], quoted(kv[1]))
			}
		}
		if ds := details(f, &o); len(ds) > 0 {
			fmt.Fprint(b, "  notes:\n")
			for _, d := range ds {
				fmt.Fprintf(b, "    - %s\n", quoted(d))
			}
		}
		fmt.Fprint(b, "  ...\n")
	}
	return b.Flush()
}

var tapEscaper = strings.NewReplacer(`\`, `\\`, "#", `\#`)

// quoted is a string as JSON, and so as YAML, writes it.
func quoted(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
