// Command vscode packs the extension for VS Code: the files of this folder, with
// the two manifests that a .vsix has, and nothing that would be downloaded.
//
//	go run ./editors/vscode OUT.vsix
package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./editors/vscode OUT.vsix")
		os.Exit(2)
	}
	var b bytes.Buffer
	err := pack(&b, "editors/vscode", "LICENSE")
	if err == nil {
		err = os.WriteFile(os.Args[1], b.Bytes(), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// extension is what package.json says of the extension.
type extension struct {
	Name, DisplayName, Description, Version, Publisher, Main string

	Engines              struct{ VSCode string }
	Categories, Keywords []string
}

const contentTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension=".json" ContentType="application/json"/><Default Extension=".vsixmanifest" ContentType="text/xml"/>` +
	`<Default Extension=".js" ContentType="application/javascript"/><Default Extension=".md" ContentType="text/markdown"/>` +
	`<Default Extension=".txt" ContentType="text/plain"/></Types>
`

const manifest = xml.Header + `<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="%[1]s" Version="%[2]s" Publisher="%[3]s"/>
    <DisplayName>%[4]s</DisplayName>
    <Description xml:space="preserve">%[5]s</Description>
    <Tags>%[6]s</Tags>
    <Categories>%[7]s</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <License>extension/LICENSE.txt</License>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="%[8]s"/>
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
    </Properties>
  </Metadata>
  <Installation>
    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>
  </Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true"/>
  </Assets>
</PackageManifest>
`

// pack writes the extension in dir, the same bytes for the same files.
func pack(w io.Writer, dir, license string) error {
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return err
	}
	var e extension
	if err := json.Unmarshal(data, &e); err != nil {
		return fmt.Errorf("package.json: %w", err)
	}
	z := zip.NewWriter(w)
	add := func(name string, data []byte) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return err
	}
	text := []any{
		e.Name, e.Version, e.Publisher, e.DisplayName, e.Description,
		strings.Join(e.Keywords, ","), strings.Join(e.Categories, ","), e.Engines.VSCode,
	}
	for i, v := range text {
		var b bytes.Buffer
		if err := xml.EscapeText(&b, []byte(v.(string))); err != nil {
			return err
		}
		text[i] = b.String()
	}
	if err := add("extension.vsixmanifest", fmt.Appendf(nil, manifest, text...)); err != nil {
		return err
	}
	if err := add("[Content_Types].xml", []byte(contentTypes)); err != nil {
		return err
	}
	for _, file := range [][2]string{
		{"package.json", filepath.Join(dir, "package.json")},
		{"extension.js", filepath.Join(dir, "extension.js")},
		{"README.md", filepath.Join(dir, "README.md")},
		{"LICENSE.txt", license},
	} {
		data, err := os.ReadFile(file[1])
		if err != nil {
			return err
		}
		if err := add("extension/"+file[0], data); err != nil {
			return err
		}
	}
	return z.Close()
}
