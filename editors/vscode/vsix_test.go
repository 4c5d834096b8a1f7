package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"path"
	"strings"
	"testing"
)

// packed is the extension as it is published, by name.
func packed(t *testing.T) map[string][]byte {
	t.Helper()
	var b, again bytes.Buffer
	if err := pack(&b, ".", "../../LICENSE"); err != nil {
		t.Fatal(err)
	}
	if err := pack(&again, ".", "../../LICENSE"); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Errorf("packing twice gives two different files (%v)", err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestPack(t *testing.T) {
	files := packed(t)
	var m struct {
		Metadata struct {
			Identity struct {
				ID        string `xml:"Id,attr"`
				Version   string `xml:",attr"`
				Publisher string `xml:",attr"`
			}
			License    string
			Properties struct {
				Property []struct {
					ID    string `xml:"Id,attr"`
					Value string `xml:",attr"`
				}
			}
		}
		Assets struct {
			Asset []struct {
				Type string `xml:",attr"`
				Path string `xml:",attr"`
			}
		}
	}
	if err := xml.Unmarshal(files["extension.vsixmanifest"], &m); err != nil {
		t.Fatal(err)
	}
	var e struct {
		extension
		Dependencies, DevDependencies map[string]string
		Contributes                   struct {
			Configuration struct{ Properties map[string]any }
			Commands      []struct{ Command string }
		}
	}
	if err := json.Unmarshal(files["extension/package.json"], &e); err != nil {
		t.Fatal(err)
	}
	id := m.Metadata.Identity
	if id.ID != e.Name || id.Version != e.Version || id.Publisher != e.Publisher || e.Name == "" || e.Version == "" {
		t.Errorf("the manifest says %+v, package.json %+v", id, e.extension)
	}
	if len(e.Dependencies)+len(e.DevDependencies) > 0 {
		t.Error("the extension has dependencies, which would have to be downloaded")
	}
	if len(m.Assets.Asset) < 2 || m.Assets.Asset[0].Type != "Microsoft.VisualStudio.Code.Manifest" {
		t.Errorf("the assets are %+v", m.Assets.Asset)
	}
	for _, a := range m.Assets.Asset {
		if len(files[a.Path]) == 0 {
			t.Errorf("the asset %s is not there", a.Path)
		}
	}
	if len(files[m.Metadata.License]) == 0 || len(files[path.Join("extension", e.Main)]) == 0 {
		t.Errorf("license or %s is not there", e.Main)
	}
	engine := ""
	for _, p := range m.Metadata.Properties.Property {
		if p.ID == "Microsoft.VisualStudio.Code.Engine" {
			engine = p.Value
		}
	}
	if engine != e.Engines.VSCode || engine == "" {
		t.Errorf("the manifest is for VS Code %q, package.json for %q", engine, e.Engines.VSCode)
	}
	var types struct {
		Default []struct {
			Extension string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(files["[Content_Types].xml"], &types); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, d := range types.Default {
		known[d.Extension] = true
	}
	for name := range files {
		if ext := path.Ext(name); name != "[Content_Types].xml" && !known[ext] {
			t.Errorf("%s has a type that [Content_Types].xml does not tell", name)
		}
	}
	// What is declared and what is used go together.
	script := string(files["extension/extension.js"])
	for _, c := range e.Contributes.Commands {
		if !strings.Contains(script, `registerCommand("`+c.Command+`"`) {
			t.Errorf("the command %s does nothing", c.Command)
		}
	}
	if len(e.Contributes.Configuration.Properties) != 1 || !strings.Contains(script, `getConfiguration("helmvet").get("path")`) {
		t.Error("the setting helmvet.path is not used")
	}
}
