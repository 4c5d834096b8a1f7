package vet_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/helmvet/helmvet/vet"
)

func ExampleLinter_LintFile() {
	l, err := vet.New(vet.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	found, err := l.LintFile(context.Background(), "values.yaml", []byte("image:\n  tag: a\n  tag: b\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range found {
		fmt.Printf("%s:%d: %s [%s]\n", f.File, f.Line, f.Severity, f.Rule)
	}
	// Output: values.yaml:3: error [core/duplicate-key]
}

// A release of two layers, as helm upgrade -f common.yaml -f prod.yaml --set ...
// would merge them.
func ExampleLinter_Lint() {
	l, err := vet.New(vet.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	found, err := l.Lint(context.Background(), []vet.Release{{
		Name: "t0100", Namespace: "voice", Chart: "tenant",
		Values: []vet.File{
			{Name: "common.yaml", Data: []byte("images:\n  tenant: {tag: \"100.0.1000076\"}\n")},
			{Name: "prod.yaml", Data: []byte("images:\n  pgdbInit: {tag: \"100.0.1000067\"}\n")},
		},
		Set: []string{"tenantid=not-a-uuid"},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range found {
		if f.Severity == vet.Error {
			fmt.Println(f.File, f.Path, f.Rule)
		}
	}
	// Output:
	// --set tenantid genesys-tenant/uuid-v4
	// prod.yaml images.pgdbInit.tag genesys-tenant/image-version
}

func TestOwnPack(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "acme")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "pack.cue"), []byte("pack: {name: \"acme\", charts: [\"shop\"]}\n#Values: {port?: int}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	with, err := vet.New(vet.Options{Packs: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	without, err := vet.New(vet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rel := []vet.Release{{Name: "a", Chart: "shop", Values: []vet.File{{Name: "v.yaml", Data: []byte("port: \"80\"\n")}}}}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			found, err := with.Lint(t.Context(), rel)
			if err != nil || len(found) != 1 || found[0].Rule != "acme/wrong-type" || found[0].Column != 7 || vet.Worst(found) != vet.Error {
				t.Errorf("found %+v, error %v", found, err)
			}
			if found, err = without.Lint(t.Context(), rel); err != nil || len(found) != 0 || vet.Worst(found) != "" {
				t.Errorf("a linter without the pack finds %+v, error %v", found, err)
			}
		})
	}
	wg.Wait()
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		o    vet.Options
		want string
	}{
		{vet.Options{Packs: []string{"nowhere"}}, "pack nowhere"},
		{vet.Options{HelmVersion: "two"}, "HelmVersion: "},
		{vet.Options{Env: map[string]string{"": "x"}}, "Env: "},
	} {
		if _, err := vet.New(tt.o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, want %q", err, tt.want)
		}
	}
	l, err := vet.New(vet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		rel  vet.Release
		want string
	}{
		{vet.Release{Values: []vet.File{{}}}, "a file has no name"},
		{vet.Release{Values: []vet.File{{"a", []byte("x: 1")}, {"a", []byte("x: 2")}}}, "two files are named a"},
		{vet.Release{Packs: []string{"nope"}, Values: []vet.File{{"a", nil}}}, `there is no pack "nope"`},
	} {
		if _, err := l.Lint(t.Context(), []vet.Release{tt.rel}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("error %v, want %q", err, tt.want)
		}
	}
	if names := l.Packs(); len(names) == 0 || names[0] != "genesys-tenant" {
		t.Errorf("packs %v", names)
	}
}
