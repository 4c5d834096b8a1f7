package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var when = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// TestImage follows the digests of the image from its index to the program.
func TestImage(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "image.tar")
	if err := writeImage(name, "1.2.3", []image{{"amd64", []byte("one")}, {"arm64", []byte("two")}}, when); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for r := tar.NewReader(bytes.NewReader(data)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if files[h.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	type descriptor struct {
		Digest   string `json:"digest"`
		Size     int    `json:"size"`
		Platform struct{ Architecture string }
	}
	blob := func(d descriptor, v any) {
		t.Helper()
		digest := strings.TrimPrefix(d.Digest, "sha256:")
		text, ok := files["blobs/sha256/"+digest]
		if sum := sha256.Sum256(text); !ok || hex.EncodeToString(sum[:]) != digest || len(text) != d.Size {
			t.Fatalf("blob %s is not what it says", d.Digest)
		}
		if v != nil {
			if err := json.Unmarshal(text, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	var index struct{ Manifests []descriptor }
	if err := json.Unmarshal(files["index.json"], &index); err != nil || len(index.Manifests) != 1 {
		t.Fatalf("index.json: %v", err)
	}
	var list struct{ Manifests []descriptor }
	blob(index.Manifests[0], &list)
	for i, arch := range []string{"amd64", "arm64"} {
		var m struct {
			Config descriptor
			Layers []descriptor
		}
		blob(list.Manifests[i], &m)
		var c struct {
			Architecture string
			Config       struct{ User string }
		}
		blob(m.Config, &c)
		blob(m.Layers[0], nil)
		if c.Architecture != arch || list.Manifests[i].Platform.Architecture != arch || c.Config.User != "65532:65532" {
			t.Errorf("image of %s: %+v", arch, c)
		}
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(exe)
	if err != nil {
		t.Fatal(err)
	}
	text, err := describe(program, "x", "1.2.3", when)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(program); !strings.Contains(string(text), hex.EncodeToString(sum[:])) || !strings.Contains(string(text), "stdlib") {
		t.Errorf("the list of what is inside lacks something\n%s", text)
	}
	if _, err := describe([]byte("no program"), "x", "1.2.3", when); err == nil {
		t.Error("what is no program has a list of what is inside")
	}
}

// TestBuildKeepsOthers does not take a folder for one of its own.
func TestBuildKeepsOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mine := filepath.Join(dir, "mine")
	if err := os.WriteFile(mine, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := build(dir, "1.2.3", "none"); err == nil || !strings.Contains(err.Error(), "no release") {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(mine); err != nil {
		t.Error(err)
	}
}
