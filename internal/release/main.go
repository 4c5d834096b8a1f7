// Command release builds what a release holds, without a network: archives of
// each platform, the Helm plugin, a container image as an OCI archive, a list of
// what is inside (SPDX) for each program, and checksums. The same source gives
// the same bytes.
package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type target struct{ os, arch string }

// targets are the platforms of .goreleaser.yaml.
var targets = []target{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

func (t target) String() string { return t.os + "_" + t.arch }

func (t target) program() string {
	if t.os == "windows" {
		return "helmvet.exe"
	}
	return "helmvet"
}

func main() {
	dir := flag.String("o", "dist", "folder to write to; what it holds is replaced")
	version := flag.String("version", "0.0.0-dev", "version without a v")
	only := flag.String("only", "", "one platform, such as linux_amd64")
	flag.Parse()
	if err := build(*dir, *version, *only); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// entry is one file of an archive.
type entry struct {
	name string
	mode int64
	data []byte
}

func build(dir, version, only string) error {
	if old, err := os.ReadDir(dir); err == nil && len(old) > 0 {
		if _, err := os.Stat(filepath.Join(dir, "checksums.txt")); err != nil {
			return fmt.Errorf("%s holds something that is no release; name another folder", dir)
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	when := commitTime()
	var texts []entry
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		texts = append(texts, entry{name, 0o644, data})
	}
	manifest, err := os.ReadFile("plugin/helm4/plugin.yaml")
	if err != nil {
		return err
	}
	manifest = []byte(strings.Replace(string(manifest), "\nversion: 0.1.0\n", "\nversion: "+version+"\n", 1))
	var images []image
	for _, t := range targets {
		if only != "" && t.String() != only {
			continue
		}
		program, err := compile(t, version)
		if err != nil {
			return err
		}
		sbom, err := describe(program, "helmvet_"+version+"_"+t.String(), version, when)
		if err != nil {
			return err
		}
		exe := entry{t.program(), 0o755, program}
		name := filepath.Join(dir, fmt.Sprintf("helmvet_%s_%s", version, t))
		if err := os.WriteFile(name+".spdx.json", sbom, 0o644); err != nil {
			return err
		}
		if t.os == "windows" {
			err = writeZip(name+".zip", append([]entry{exe}, texts...), when)
		} else {
			err = writeTarGz(name+".tar.gz", append([]entry{exe}, texts...), when)
		}
		if err != nil {
			return err
		}
		plugin := []entry{{"vet/plugin.yaml", 0o644, manifest}, {"vet/bin/" + t.program(), 0o755, program}, {"vet/LICENSE", 0o644, texts[0].data}}
		if err := writeTarGz(filepath.Join(dir, fmt.Sprintf("helm-vet_%s_%s.tar.gz", version, t)), plugin, when); err != nil {
			return err
		}
		if t.os == "linux" {
			images = append(images, image{t.arch, program})
		}
		fmt.Println("built", t)
	}
	if len(images) > 0 {
		if err := writeImage(filepath.Join(dir, fmt.Sprintf("helmvet_%s_image.tar", version)), version, images, when); err != nil {
			return err
		}
	}
	return checksums(dir)
}

// compile builds the program as .goreleaser.yaml says.
func compile(t target, version string) ([]byte, error) {
	tmp, err := os.MkdirTemp("", "helmvet-release-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(tmp)
	out := filepath.Join(tmp, t.program())
	c := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w -X github.com/helmvet/helmvet/internal/app.Version=v"+version, "-o", out, "./cmd/helmvet")
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+t.os, "GOARCH="+t.arch)
	if said, err := c.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", t, err, said)
	}
	return os.ReadFile(out)
}

// commitTime is the time of the commit, so that the same source gives the same
// archives; without git it is 1980.
func commitTime() time.Time {
	out, err := exec.Command("git", "log", "-1", "--format=%cI").Output()
	if err == nil {
		if at, err := time.Parse(time.RFC3339, strings.TrimSpace(string(out))); err == nil {
			return at.UTC()
		}
	}
	return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
}

func checksums(dir string) error {
	files, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	slices.SortFunc(files, func(a, b os.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	var b strings.Builder
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), f.Name())
	}
	return os.WriteFile(filepath.Join(dir, "checksums.txt"), []byte(b.String()), 0o644)
}
