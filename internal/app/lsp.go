package app

import (
	"errors"
	"io"
	"path/filepath"
	"slices"

	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/linter"
	"github.com/helmvet/helmvet/internal/lsp"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/spf13/cobra"
)

func newLSP(s Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: "Serve editors: findings as you type, hover, completion",
		Long: `lsp speaks the Language Server Protocol on standard input and output. Editors
start it; docs/editors.md tells how to set them up.

A file that belongs to releases of .helmvet.yaml is linted as these, together
with its other layers; any other values file or manifest by itself. What is
open in the editor counts as it is there, saved or not.`,
		Example: `  helmvet lsp`,
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := lsp.Serve(cmd.Context(), duplex{s.In, s.Out}, languageOptions(s.Err))
			if errors.Is(err, lsp.ErrNoShutdown) && cmd.Context().Err() == nil {
				return &exitError{code: exitFindings} // as the protocol says
			}
			return err
		},
	}
	cmd.Flags().Bool("stdio", true, "speak on standard input and output, which is the only way; editors pass it")
	_ = cmd.Flags().MarkHidden("stdio")
	return cmd
}

// duplex joins standard input and output.
type duplex struct {
	io.Reader
	io.Writer
}

// Close implements io.Closer. What is being read ends with it, where it can.
func (d duplex) Close() error {
	if c, ok := d.Reader.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

func languageOptions(log io.Writer) lsp.Options {
	o := &opener{linters: map[string]*linter.Linter{}}
	return lsp.Options{
		Version: version(),
		Config: func(file string) string {
			name, err := config.Find(filepath.Dir(file))
			if err != nil {
				return ""
			}
			return name
		},
		Open: o.open,
		Check: func(name string, data []byte) error {
			_, err := config.Parse(name, data)
			return err
		},
		RuleURL: helpURL,
		Log:     log,
	}
}

// opener reads configurations for the language server.
type opener struct {
	linters map[string]*linter.Linter // by configuration; they hold what was compiled
}

// open plans what `helmvet lint` would, with the configuration of that name.
func (o *opener) open(name string) (*lsp.Project, error) {
	var c *config.Config
	f := &releaseFlags{}
	if name != "" {
		var err error
		if c, err = loadConfig(name); err != nil {
			return nil, err
		}
	}
	st, err := f.setupWith(c, newReader(nil, values.DefaultLimits.Bytes), 0)
	if err != nil {
		return nil, err
	}
	// Packs that are built in are the same each time; a user's may have changed.
	if old := o.linters[name]; old != nil && slices.Equal(old.Packs, st.linter.Packs) {
		kept := old.With(st.reader.read)
		kept.Profile, kept.Env = st.linter.Profile, st.linter.Env
		st.linter = kept
	}
	o.linters[name] = st.linter
	p := &lsp.Project{Linter: st.linter, Alone: st.alone}
	if c != nil && (len(c.Releases) > 0 || len(c.Manifests.Files) > 0) {
		if p.Run, err = st.plan(f, nil, false); err != nil {
			return nil, err
		}
	}
	return p, errors.Join(st.unread...)
}

// alone is how a file that is being edited is linted by itself: as lint does it
// when it comes upon the file in a folder.
func (st *setup) alone(name string, data []byte) (linter.Run, bool) {
	run := linter.Run{Severity: st.severity, Suppress: st.suppression(), Context: st.context("", nil)}
	if st.config != nil {
		run.Config = st.config.Doc
	}
	if st.excluded(name) || inTemplates(name) {
		return run, false
	}
	switch {
	case isManifest(name, data):
		run.Manifests = []string{name}
	case valuesName.MatchString(filepath.Base(name)), st.packsFor(name) != nil,
		len(pack.Detect(st.linter.Packs, values.Parse(name, data, values.DefaultLimits).Values(), data, "")) > 0:
		rel := linter.Release{
			Sources: []values.Source{{File: name}}, Single: true, Packs: st.packsFor(name), Context: st.context("", nil),
		}
		if filepath.Base(name) == "values.yaml" {
			rel.ChartName, rel.ChartVersion = chartBeside(name)
		}
		run.Releases = []linter.Release{rel}
	default:
		return run, false
	}
	return run, true
}

// inTemplates reports whether a file is a template of a chart, or of a chart
// inside one.
func inTemplates(name string) bool {
	for dir := filepath.Dir(name); ; dir = filepath.Dir(dir) {
		if b := filepath.Base(dir); (b == "templates" || b == "charts") && isChart(filepath.Dir(dir)) {
			return true
		}
		if filepath.Dir(dir) == dir {
			return false
		}
	}
}
