package app

import (
	"errors"
	"fmt"

	"github.com/helmvet/helmvet/internal/extract"
	"github.com/helmvet/helmvet/internal/values"
	"github.com/spf13/cobra"
)

func newExtract(s Streams) *cobra.Command {
	return &cobra.Command{
		Use:   "extract FILE",
		Short: "Print the values that the user gave to a running release",
		Long: `extract takes the user-supplied values out of what helm prints about a release
(helm get all, helm get values) or out of the Secret that helm keeps it in
(kubectl get secret sh.helm.release.v1.NAME.vREVISION -o yaml), and prints them
as they stand there, comments included. A file that is nothing but values is
printed unchanged. What was found is said on standard error.`,
		Example: `  helm -n uepe get all uepe | helmvet extract - > valuesFromSystem.yaml
  helmvet extract saved.txt | helmvet lint -`,
		Args: one("FILE"),
		RunE: func(_ *cobra.Command, args []string) error {
			return printExtract(s, args[0])
		},
	}
}

func printExtract(s Streams, name string) error {
	lim := values.DefaultLimits
	data, err := newReader(s.In, lim.Bytes).read(name)
	if err != nil {
		return err
	}
	f, err := extract.Values(data, lim)
	if err != nil {
		var at *extract.Error
		if errors.As(err, &at) && at.Line > 0 {
			return fmt.Errorf("%s:%w", name, err)
		}
		return fmt.Errorf("%s: %w", name, err)
	}
	if _, err := s.Out.Write(f.Values); err != nil {
		return writeError(err)
	}
	printError(s.Err, fmt.Errorf("%s: %s", name, told(f)))
	return nil
}

// told says what was found.
func told(f *extract.Found) string {
	msg := "is " + string(f.Form)
	switch {
	case f.Form == extract.Plain:
		msg += " already; printed unchanged"
	case f.Form == extract.Record:
		if r := f.Release; r.Name != "" {
			msg += fmt.Sprintf(": revision %s of %s in namespace %s", r.Revision, r.Name, r.Namespace)
		}
	default:
		msg += fmt.Sprintf("; the values of the user are lines %d to %d", f.Lines+1, f.Lines+lines(f.Values))
	}
	if f.None && f.Form != extract.Plain {
		msg += "; there are none"
	}
	return msg
}

// lines counts the lines of a text.
func lines(b []byte) int {
	n := 0
	for i, c := range b {
		if c == '\n' || i == len(b)-1 {
			n++
		}
	}
	return n
}
