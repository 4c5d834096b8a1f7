package chart

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/helmvet/helmvet/internal/plainfile"
	"helm.sh/helm/v3/pkg/ignore"

	"github.com/helmvet/helmvet/internal/lazyregexp"
)

// Load reads the chart in a folder or in an archive that `helm package` wrote,
// with everything in its charts/. .helmignore counts for folders, as it does
// for Helm. It fails on what Helm would not load, on links that lead out of the
// folder, and on archives that unpack to more than Helm would take; the error
// names the file and what to do.
func Load(name string) (*Chart, error) {
	st, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: no such chart; name a folder with a Chart.yaml, or a .tgz", name)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	l := &loader{left: maxChart}
	if st.IsDir() {
		name = filepath.Clean(name)
		files, err := l.folder(name)
		if err != nil {
			return nil, err
		}
		return l.chart(name, files, 0)
	}
	if !st.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: is neither a folder nor a regular file", name)
	}
	if st.Size() > maxChart {
		return nil, fmt.Errorf("%s: is larger than %d MiB, the most that Helm takes for a chart", name, maxChart>>20)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, cause(err))
	}
	return l.archive(name, data, 0)
}

// Wanted reports whether helmvet looks into a file of a chart; path is inside
// the chart, with slashes.
func Wanted(path string) bool {
	switch path {
	case "Chart.yaml", "values.yaml", "values.schema.json", "requirements.yaml":
		return true
	}
	top, _, below := strings.Cut(path, "/")
	switch {
	case !below:
		return strings.EqualFold(path, "README.md") || strings.EqualFold(path, "CHANGELOG.md")
	case top == "templates":
		return true
	case top == "charts":
		_, rest, ok := strings.Cut(path[len("charts/"):], "/")
		return !ok || Wanted(rest)
	}
	return false
}

// maxText is the size of other files that are searched for template
// expressions.
const maxText = 1 << 20

// templated reports whether a template may hand the file to tpl and read values
// by that.
func templated(data []byte) bool {
	return bytes.Contains(data, []byte("{{")) && bytes.Contains(data, []byte(".Values"))
}

// folder reads the files of a chart's folder that matter.
func (l *loader) folder(dir string) ([]File, error) {
	real, err := filepath.EvalSymlinks(dir)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, cause(err))
	}
	w := folderReader{loader: l, dir: dir, real: real, rules: ignore.Empty()}
	data, err := plainfile.Read(filepath.Join(dir, ignore.HelmIgnore), maxText)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return nil, fmt.Errorf("%s: %w; Helm refuses the chart", filepath.Join(dir, ignore.HelmIgnore), cause(err))
	default:
		if w.rules, err = ignore.Parse(bytes.NewReader(data)); err != nil {
			return nil, fmt.Errorf("%s: %w; mend the pattern, for Helm refuses the chart", filepath.Join(dir, ignore.HelmIgnore), err)
		}
	}
	w.rules.AddDefaults()
	err = w.walk("", real, 0)
	return w.files, err
}

type folderReader struct {
	*loader
	dir, real string
	rules     *ignore.Rules
	files     []File
}

// walk reads the folder at a path inside the chart; real is where it lies.
func (w *folderReader) walk(inside, real string, depth int) error {
	entries, err := os.ReadDir(real)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(w.dir, inside), cause(err))
	}
	for _, e := range entries {
		p := path.Join(inside, e.Name())
		if err := w.entry(p, filepath.Join(real, e.Name()), depth); err != nil {
			return err
		}
	}
	return nil
}

func (w *folderReader) entry(p, full string, depth int) error {
	name := filepath.Join(w.dir, filepath.FromSlash(p))
	info, err := os.Lstat(full)
	if err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		// Helm tells the kind of what a link leads to before it asks .helmignore.
		if full, err = filepath.EvalSymlinks(full); err != nil {
			return fmt.Errorf("%s: is a link that leads nowhere; Helm refuses it", name)
		}
		if info, err = os.Lstat(full); err != nil {
			return fmt.Errorf("%s: %w", name, cause(err))
		}
		if w.rules.Ignore(p, info) {
			return nil
		}
		if rel, err := filepath.Rel(w.real, full); err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			if !Wanted(p) && !info.IsDir() {
				return nil
			}
			return fmt.Errorf("%s: is a link out of the chart's folder, which is not followed; copy the file, or pack the chart with `helm package` and name the .tgz", name)
		}
	}
	if w.rules.Ignore(p, info) {
		return nil
	}
	if info.IsDir() {
		if depth > 64 {
			return fmt.Errorf("%s: folders are nested deeper than 64 levels; does a link lead in a circle?", name)
		}
		return w.walk(p, full, depth+1)
	}
	if !Wanted(p) && (info.Size() > maxText || !info.Mode().IsRegular()) {
		return nil
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s: is no regular file, and Helm refuses the chart; delete it or list it in .helmignore", name)
	}
	if err := w.count(name, info.Size()); err != nil {
		return err
	}
	f, err := os.Open(full)
	if err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	if Wanted(p) || templated(data) {
		w.files = append(w.files, File{Path: p, Name: name, Data: trimBOM(p, data)})
	}
	return nil
}

// count charges a file to the limits.
func (l *loader) count(name string, size int64) error {
	if size > maxFile {
		return fmt.Errorf("%s: is larger than %d MiB, the most that Helm takes for a file of a chart", name, maxFile>>20)
	}
	l.left -= size
	l.files++
	if l.left < 0 {
		return fmt.Errorf("%s: the chart unpacks to more than %d MiB, which Helm refuses; keep data out of the chart", name, maxChart>>20)
	}
	if l.files > maxFiles {
		return fmt.Errorf("%s: the chart has more than %d files; keep data out of the chart", name, maxFiles)
	}
	return nil
}

var drive = lazyregexp.New(`^[a-zA-Z]:/`)

// archive reads a packed chart.
func (l *loader) archive(name string, data []byte, depth int) (*Chart, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("%s: charts are nested deeper than %d levels; is the archive broken?", name, maxDepth)
	}
	unzipped, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: is no chart: neither a folder nor a gzip archive; name a folder with a Chart.yaml, or a .tgz", name)
	}
	var files []File
	base := ""
	broken := func(err error) error {
		if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return fmt.Errorf("%s: the archive ends too early; fetch it again", name)
		}
		return fmt.Errorf("%s: the archive is broken (%w); fetch it again", name, err)
	}
	// What is left counts what is unpacked, wanted or not, headers included.
	in := &meter{r: unzipped, left: &l.left}
	tr := tar.NewReader(in)
	for {
		hd, err := tr.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if in.over {
			return nil, fmt.Errorf("%s: unpacks to more than %d MiB, which Helm refuses; keep data out of the chart", name, maxChart>>20)
		}
		if err != nil {
			return nil, broken(err)
		}
		if hd.FileInfo().IsDir() || hd.Typeflag == tar.TypeXGlobalHeader || hd.Typeflag == tar.TypeXHeader {
			continue
		}
		top, p, err := inArchive(hd.Name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if base == "" {
			base = top
		}
		if l.files++; l.files > maxFiles {
			return nil, fmt.Errorf("%s: the chart has more than %d files; keep data out of the chart", name, maxFiles)
		}
		if !Wanted(p) && hd.Size > maxText {
			continue
		}
		if hd.Size > maxFile {
			return nil, fmt.Errorf("%s:%s: is larger than %d MiB, the most that Helm takes for a file of a chart", name, hd.Name, maxFile>>20)
		}
		content, err := io.ReadAll(tr)
		if in.over {
			continue // said at the next header
		}
		if err != nil {
			return nil, broken(err)
		}
		if Wanted(p) || templated(content) {
			files = append(files, File{Path: p, Name: name + ":" + path.Join(top, p), Data: trimBOM(p, content)})
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s: the archive holds no chart; pack one with `helm package`", name)
	}
	return l.chart(name+":"+base, files, depth)
}

// inArchive checks the name of a file in an archive as Helm does, and parts the
// chart's folder from the path inside it.
func inArchive(name string) (top, p string, err error) {
	bad := func(why string) error {
		return fmt.Errorf("the archive holds %q, %s; Helm refuses it, pack the chart with `helm package`", name, why)
	}
	delimiter := "/"
	if strings.Contains(name, `\`) {
		delimiter = `\`
	}
	parts := strings.Split(name, delimiter)
	p = strings.Join(parts[1:], "/")
	switch {
	case parts[0] == "Chart.yaml":
		return "", "", bad("which belongs in a folder of the chart's name")
	case path.IsAbs(p) || drive.MatchString(p):
		return "", "", bad("which is an absolute path")
	}
	if p = path.Clean(p); p == "." {
		return "", "", bad("which lies outside the chart's folder")
	}
	if strings.HasPrefix(p, "..") {
		return "", "", bad("which leads out of the chart")
	}
	return parts[0], p, nil
}

// meter stops a reader after what is left.
type meter struct {
	r    io.Reader
	left *int64
	over bool
}

func (m *meter) Read(b []byte) (int, error) {
	if *m.left <= 0 {
		m.over = true
		return 0, io.ErrUnexpectedEOF
	}
	if int64(len(b)) > *m.left {
		b = b[:*m.left]
	}
	n, err := m.r.Read(b)
	*m.left -= int64(n)
	return n, err
}

// trimBOM takes the mark away that Helm does not show to templates; the reader
// of values does it by itself, because columns count it.
func trimBOM(p string, data []byte) []byte {
	if path.Ext(p) == ".yaml" && !strings.Contains(p, "templates/") {
		return data
	}
	return bytes.TrimPrefix(data, []byte("\ufeff"))
}

// cause strips the path that os errors repeat.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
