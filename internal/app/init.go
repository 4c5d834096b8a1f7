package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/helmvet/helmvet/internal/config"
	"github.com/helmvet/helmvet/internal/discover"
	"github.com/helmvet/helmvet/internal/pack"
	"github.com/helmvet/helmvet/internal/propose"
	"github.com/helmvet/helmvet/internal/scratch"
	"github.com/spf13/cobra"
)

func newInit(s Streams) *cobra.Command {
	var force, stdout bool
	cmd := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write .helmvet.yaml for what is found in the repository",
		Long: `init looks for releases below DIR, by default the working directory: numbered
chart folders, helmfile.yaml, objects of Argo CD, Flux and k0rdent, charts, and
values files. It writes ` + config.FileName + `, which tells helmvet lint what to judge, and
says in comments why each entry is there. An existing file stays as it is,
unless --force is given.`,
		Example: `  helmvet init --stdout      show what would be written
  helmvet init && helmvet lint`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			return initialize(s, dir, force, stdout)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace an existing "+config.FileName)
	cmd.Flags().BoolVar(&stdout, "stdout", false, "print the file instead of writing it")
	return cmd
}

func initialize(s Streams, dir string, force, stdout bool) error {
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return fmt.Errorf("%s: is no directory; name the folder of the repository", dir)
	}
	name := filepath.Join(dir, config.FileName)
	if _, err := os.Lstat(name); err == nil && !force && !stdout {
		return fmt.Errorf("%s: exists already; --force replaces it, --stdout shows what would be written", name)
	}
	tree, _, err := discover.Open(dir)
	if err != nil {
		return err
	}
	packs, err := ownPacks(dir)
	if err != nil {
		return err
	}
	p, err := propose.For(tree, packs)
	if errors.Is(err, propose.ErrNothing) {
		return fmt.Errorf("%s: %w; lint single files with `helmvet lint FILE`", dir, err)
	} else if err != nil {
		return err
	}
	if _, err := config.Parse(name, []byte(p.Text)); err != nil {
		return defect(fmt.Errorf("the proposed %s is not valid: %w", config.FileName, err))
	}
	if stdout {
		_, err := fmt.Fprint(s.Out, p.Text)
		return writeError(err)
	}
	if err := create(name, []byte(p.Text), force); err != nil {
		return err
	}
	fmt.Fprintf(s.Err, "helmvet: wrote %s, which covers %s; read it, then run `helmvet lint`\n", name, p.Covers())
	return nil
}

// create writes a file that must not exist yet, unless forced.
func create(name string, data []byte, force bool) error {
	write := scratch.Create
	if force {
		write = scratch.Write
	}
	if err := write(name, data); err != nil {
		return defect(fmt.Errorf("cannot write %s: %w", name, cause(err)))
	}
	return nil
}

// ownPacks are the folders below dir that hold a pack which loads, as the
// project file names them.
func ownPacks(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fs.SkipDir
		}
		if d.IsDir() && name != dir && (d.Name()[0] == '.' || slices.Contains([]string{"node_modules", "testdata"}, d.Name())) {
			return fs.SkipDir
		}
		if d.Name() != "pack.cue" || d.IsDir() {
			return nil
		}
		folder := filepath.Dir(name)
		p, err := pack.Load(folder)
		if err != nil || slices.ContainsFunc(pack.Builtins(), func(b *pack.Pack) bool { return b.Name == p.Name }) {
			return nil // a project file that names it would not load
		}
		rel, err := filepath.Rel(dir, folder)
		if err != nil {
			return err
		}
		out = append(out, "./"+filepath.ToSlash(rel))
		return nil
	})
	return out, err
}
