package pack

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"github.com/Masterminds/semver/v3"
	"github.com/helmvet/helmvet/internal/regocheck"
)

// checkRequires makes sure that the version of a pack and what it requires can
// be read.
func (p *Pack) checkRequires() error {
	file := filepath.Join(p.Dir, "pack.cue")
	var errs []error
	if p.Version != "" {
		if _, err := semver.NewVersion(p.Version); err != nil {
			errs = append(errs, fmt.Errorf("%s: pack.version is %q; write a version such as 1.0.0", file, p.Version))
		}
	}
	check := func(key, constraint string) {
		if _, err := semver.NewConstraint(constraint); err != nil {
			errs = append(errs, fmt.Errorf("%s: pack.requires.%s is %q; write a range of versions such as \">=0.1\" or \"^2\"", file, key, constraint))
		}
	}
	if p.Requires.Helmvet != "" {
		check("helmvet", p.Requires.Helmvet)
	}
	for _, name := range slices.Sorted(maps.Keys(p.Requires.Packs)) {
		check(fmt.Sprintf("packs[%q]", name), p.Requires.Packs[name])
	}
	for _, name := range slices.Sorted(maps.Keys(p.Requires.Charts)) {
		check(fmt.Sprintf("charts[%q]", name), p.Requires.Charts[name])
		if !slices.Contains(p.Charts, name) {
			errs = append(errs, fmt.Errorf("%s: pack.requires.charts names %q, which is none of pack.charts; add it there", file, name))
		}
	}
	return errors.Join(errs...)
}

// Satisfied makes sure that the packs have what they require: this version of
// helmvet, and the other packs. A version that is none, as that of a build of
// one's own, fits everything.
func Satisfied(packs []*Pack, helmvet string) error {
	var errs []error
	for _, p := range packs {
		file := filepath.Join(p.Dir, "pack.cue")
		if want := p.Requires.Helmvet; want != "" && !fits(want, helmvet) {
			errs = append(errs, fmt.Errorf("%s: pack %s requires helmvet %s, and this is %s; install another helmvet, or another version of the pack", file, p.Name, want, helmvet))
		}
		for _, name := range slices.Sorted(maps.Keys(p.Requires.Packs)) {
			want := p.Requires.Packs[name]
			i := slices.IndexFunc(packs, func(o *Pack) bool { return o.Name == name })
			switch {
			case i < 0:
				errs = append(errs, fmt.Errorf("%s: pack %s requires the pack %q, which is not there; add its folder to packs in .helmvet.yaml", file, p.Name, name))
			case packs[i].Builtin:
				if !fits(want, helmvet) {
					errs = append(errs, fmt.Errorf("%s: pack %s requires %s %s, which is built into helmvet and has its version, %s", file, p.Name, name, want, helmvet))
				}
			case packs[i].Version == "":
				errs = append(errs, fmt.Errorf("%s: pack %s requires %s %s, but that pack tells no version; add version to %s", file, p.Name, name, want, filepath.Join(packs[i].Dir, "pack.cue")))
			case !fits(want, packs[i].Version):
				errs = append(errs, fmt.Errorf("%s: pack %s requires %s %s, and there is %s", file, p.Name, name, want, packs[i].Version))
			}
		}
	}
	return errors.Join(errs...)
}

func fits(constraint, version string) bool {
	v, err := semver.NewVersion(version)
	if err != nil {
		return true
	}
	c, err := semver.NewConstraint(constraint)
	return err == nil && c.Check(v)
}

// WrittenFor reports whether the pack was written for a version of a chart; it
// says so of any where it tells none, or where the version is not known.
func (p *Pack) WrittenFor(chart, version string) bool {
	want := p.Requires.Charts[chart]
	return want == "" || version == "" || fits(want, version)
}

// CheckPaths finds paths of input.values in the policies that the schema refuses:
// a rule with a misspelt key compiles, and never speaks.
func (p *Pack) CheckPaths() error {
	s, err := p.Schema()
	if err != nil {
		return err
	}
	src, ok := p.Policies()
	if !ok || !s.HasValues() {
		return nil
	}
	asked, err := regocheck.AskedBy(src)
	if err != nil {
		return err
	}
	var errs []error
	for _, a := range asked {
		near, refused := s.Refuses(a.Path)
		if !refused {
			continue
		}
		hint := "mend the path, or add the key to values.cue"
		if near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		errs = append(errs, fmt.Errorf("%s: the schema has no %s, so that the rule never finds it; %s", a.Place, a.Path, hint))
	}
	return errors.Join(errs...)
}
