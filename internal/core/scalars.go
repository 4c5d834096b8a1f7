package core

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/redact"
	"github.com/helmvet/helmvet/internal/values"
)

// key judges the key of the field at the current path.
func (c *checker) key(f *values.Field, parent *values.Node) {
	if len(f.Earlier) > 0 {
		c.duplicate(f, parent)
		for _, e := range f.Earlier {
			c.keyText(e)
		}
	}
	c.keyText(f)
}

// keyText judges how a key is written.
func (c *checker) keyText(f *values.Field) {
	if !c.ascii {
		c.typographicKey(f)
	}
	if f.Quoted || f.Key == f.KeyText {
		return
	}
	switch f.Key {
	case "true", "false":
		if strings.EqualFold(f.KeyText, f.Key) {
			return // True: a boolean in every version of YAML
		}
		found := c.report("boolean-key", lint.Error, f.KeySpan, `key %s is a boolean in YAML 1.1: Helm makes it %q, and a template that reads .%s finds nothing; write "%s"`, f.KeyText, f.Key, f.KeyText, f.KeyText)
		found.Fix = c.quoteFix(f.KeySpan, f.KeyText)
		return
	}
	if isNumberKey(f.KeyText) {
		found := c.report("version-float", lint.Warning, f.KeySpan, `key %s is a number to Helm and becomes %q; write "%s"`, f.KeyText, f.Key, f.KeyText)
		found.Fix = c.quoteFix(f.KeySpan, f.KeyText)
	}
}

func isNumberKey(s string) bool {
	return s != "" && (s[0] >= '0' && s[0] <= '9' || s[0] == '-' || s[0] == '+' || s[0] == '.')
}

// duplicate reports a key that stands more than once in one mapping.
func (c *checker) duplicate(f *values.Field, parent *values.Node) {
	last := f.Earlier[len(f.Earlier)-1]
	times := "twice"
	if len(f.Earlier) > 1 {
		times = fmt.Sprintf("%d times", len(f.Earlier)+1)
	}
	equal := last.Value.Kind == f.Value.Kind && last.Value.Kind != values.Map && last.Value.Kind != values.List && last.Value.Text == f.Value.Text
	var found *lint.Finding
	if equal && len(f.Earlier) == 1 {
		found = c.report("duplicate-key", lint.Warning, f.KeySpan, "key %q stands twice with the same value, and strict readers refuse the file; delete one", f.Key)
		if alone(c.doc, last) {
			found.Fix = c.deleteLine(last.KeySpan.Line, fmt.Sprintf("delete the first %s", f.Key))
		}
	} else {
		found = c.report("duplicate-key", lint.Error, f.KeySpan, "key %q stands %s in this mapping: Helm keeps this one and drops %s of line %d; join them into one", f.Key, times, c.lost(last.Value, f.Value, parent), last.KeySpan.Line)
	}
	for _, e := range f.Earlier {
		found.Related = append(found.Related, lint.Related{Path: found.Path, Span: e.KeySpan, Message: "lost: this one comes first"})
	}
}

// overwritten reports a value that a `<<` further down in the mapping replaced.
func (c *checker) overwritten(f *values.Field) {
	if f.Lost == nil {
		return
	}
	c.path = append(c.path, lint.Step{Key: f.Key})
	found := c.report("duplicate-key", lint.Error, f.Lost.KeySpan, "key %q is overwritten by the << below it: Helm lets the last one win; put << first", f.Key)
	found.Related = []lint.Related{{Path: found.Path, Span: f.KeySpan, Message: "this value wins"}}
	c.path = c.path[:len(c.path)-1]
}

// lost says what a later value of the same key drops of an earlier one.
func (c *checker) lost(earlier, later, parent *values.Node) string {
	a, b := structure(earlier), structure(later)
	if a.Kind == values.List {
		if gone := missingItems(a, b); len(gone) > 0 {
			return "the items " + enumerate(gone)
		}
	}
	if a.Kind == values.Map && b.Kind == values.Map {
		var gone []string
		for _, f := range a.Fields {
			if b.Get(f.Key) == nil {
				gone = append(gone, f.Key)
			}
		}
		if len(gone) > 0 {
			return "the keys " + enumerate(gone)
		}
	}
	return c.show(earlier, parent)
}

// structure is the node itself, or the YAML inside a string.
func structure(n *values.Node) *values.Node {
	if e := n.Embedded(); e != nil {
		return e
	}
	return n
}

// alone reports whether a field with a scalar has a line of its own.
func alone(d *values.Document, f *values.Field) bool {
	s := f.KeySpan
	if f.Value.Span.EndLine != s.Line || f.Quoted {
		return false
	}
	line := d.Line(s.Line)
	return strings.TrimSpace(line[:min(len(line), s.Column-1)]) == "" && !strings.ContainsAny(line[:min(len(line), s.Column-1)], "-")
}

// booleanWord judges a plain yes, no, on, off, y or n. list is the list that
// holds it, if any.
func (c *checker) booleanWord(n, parent, list *values.Node) {
	if c.inText || n.Style != values.Plain || n.Alias || strings.EqualFold(n.Text, "true") || strings.EqualFold(n.Text, "false") {
		return
	}
	if meansText(c.path, n, list) {
		f := c.report("boolean-word", lint.Warning, n.Span, `%s is a boolean in YAML 1.1 and becomes %t; write "%s" to keep the text`, n.Text, n.Bool, n.Text)
		f.Fix = guess(c.quoteFix(n.Span, n.Text))
		return
	}
	f := c.report("boolean-word", lint.Info, n.Span, `Helm reads %s as the boolean %t; write %t, or "%s" if you mean the text`, n.Text, n.Bool, n.Bool, n.Text)
	if c.source(n.Span) == n.Text {
		f.Fix = &lint.Fix{Description: fmt.Sprintf("write %t", n.Bool), Edits: []lint.Edit{{Span: n.Span, Text: strconv.FormatBool(n.Bool)}}}
	}
}

// meansText guesses that a word that YAML 1.1 takes for a boolean was not meant
// as one: a country, a single letter, a word among other words.
func meansText(path lint.Path, n, list *values.Node) bool {
	if len(n.Text) == 1 {
		return true
	}
	if list != nil {
		words := 0
		for _, it := range list.Items {
			if it.Kind == values.String {
				words++
			} else if it.Kind != values.Bool {
				return false
			}
		}
		return words > 0
	}
	key := strings.ToLower(path.Last().Key)
	for _, end := range [...]string{"country", "countrycode", "locale", "language", "lang", "region", "state", "province", "code", "name", "label", "answer", "suffix", "prefix"} {
		if strings.HasSuffix(key, end) {
			return true
		}
	}
	return false
}

// maxExact is the largest integer up to which a float64 tells all integers apart.
const maxExact = 1 << 53

// number judges how Helm, which makes every number of a file a float64, changes
// the text of one.
func (c *checker) number(n, parent *values.Node) {
	if n.Style != values.Plain || c.schema {
		return
	}
	text := n.Text
	if len(text) < 2 || c.isSecret(n, parent) {
		return
	}
	key := nameFor(c.path, parent)
	printed := strconv.FormatFloat(n.Number, 'g', -1, 64)
	if printed == text {
		return
	}
	digits := strings.TrimLeft(text, "+-")
	switch {
	case isDigits(digits) && digits[0] == '0' && len(digits) > 1:
		c.octal(n, key, digits)
	case isDigits(digits):
		c.integer(n, key, printed)
	case isVersionKey(key):
		sev := lint.Warning
		if isTagKey(key) {
			sev = lint.Error
		}
		f := c.report("version-float", sev, n.Span, `%s %s is a number to Helm and becomes %s; write "%s"`, key, text, printed, text)
		f.Fix = c.quoteFix(n.Span, text)
	}
}

func isDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func (c *checker) octal(n *values.Node, key, digits string) {
	if strings.Trim(digits, "0") == "" && len(digits) == 1 || isModeKey(key) {
		return
	}
	what := "is an octal number to Helm and becomes"
	if strings.ContainsAny(digits, "89") || strings.Trim(digits, "0") == "" || strings.TrimLeft(digits, "0") == strconv.FormatFloat(n.Number, 'f', -1, 64) {
		what = "is a number to Helm, loses the zeros in front and becomes"
	}
	f := c.report("octal-number", lint.Warning, n.Span, `%s %s %s %s; write "%s" if it is text, or the decimal number`, key, n.Text, what, strconv.FormatFloat(n.Number, 'f', -1, 64), n.Text)
	f.Fix = guess(c.quoteFix(n.Span, n.Text))
}

func (c *checker) integer(n *values.Node, key, printed string) {
	exact := strconv.FormatFloat(n.Number, 'f', -1, 64)
	switch {
	case math.Abs(n.Number) >= maxExact && strings.TrimLeft(n.Text, "+") != exact:
		f := c.report("large-integer", lint.Error, n.Span, `%s loses digits: Helm keeps numbers as 64-bit floats and makes it %s; write "%s"`, n.Text, exact, n.Text)
		f.Fix = c.quoteFix(n.Span, n.Text)
	case isIDKey(key) && strings.Contains(printed, "e+"):
		f := c.report("large-integer", lint.Warning, n.Span, `a template prints %s %s as %s, because Helm makes it a float; write "%s"`, key, n.Text, printed, n.Text)
		f.Fix = c.quoteFix(n.Span, n.Text)
	}
}

// nameFor returns what a value is called: its key, or for an environment
// variable its name.
func nameFor(path lint.Path, parent *values.Node) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i].IsIndex {
			continue
		}
		if path[i].Key == "value" && i == len(path)-1 && parent != nil {
			if f := parent.Get("name"); f != nil && f.Value.Kind == values.String {
				return f.Value.Str
			}
		}
		return path[i].Key
	}
	return "value"
}

func isTagKey(key string) bool { return endsInWord(key, "tag") }

func isVersionKey(key string) bool {
	return isTagKey(key) || endsInWord(key, "version") || endsInWord(key, "revision") || endsInWord(key, "commit") || endsInWord(key, "sha") || endsInWord(key, "build")
}

func isModeKey(key string) bool {
	return endsInWord(key, "mode") || endsInWord(key, "umask") || endsInWord(key, "permissions") || endsInWord(key, "perm") || endsInWord(key, "perms") || endsInWord(key, "chmod")
}

func isIDKey(key string) bool {
	if isVersionKey(key) {
		return true
	}
	for _, w := range [...]string{"id", "sid", "account", "phone", "serial", "msisdn"} {
		if endsInWord(key, w) {
			low := strings.ToLower(key)
			return !strings.HasSuffix(low, "userid") && !strings.HasSuffix(low, "groupid")
		}
	}
	return endsInWord(key, "number") && !strings.EqualFold(key, "number")
}

// endsInWord reports whether the last word of a camel-case, snake-case or
// kebab-case key is the given one.
func endsInWord(key, word string) bool {
	n := len(key) - len(word)
	if n < 0 || !strings.EqualFold(key[n:], word) {
		return false
	}
	if n == 0 {
		return true
	}
	before, first := key[n-1], key[n]
	isLetter := before >= 'a' && before <= 'z' || before >= 'A' && before <= 'Z'
	return !isLetter || first >= 'A' && first <= 'Z' && (before < 'A' || before > 'Z')
}

// secret reports secrets in clear text.
func (c *checker) secret(n, parent *values.Node) {
	if redact.Classify(c.path, parent, n) != redact.Literal || c.opt.Manifest && c.underSecretData() {
		return
	}
	what := nameFor(c.path, parent)
	switch {
	case n.Kind == values.String && strings.Contains(n.Str, "PRIVATE KEY-----"):
		c.report("clear-text-secret", lint.Warning, n.Span, "%s holds a private key in clear text; keep it in a Secret and refer to that", what)
	case n.Kind == values.String && redact.HasPassword(n.Str) && !redact.IsSecretKey(what):
		c.report("clear-text-secret", lint.Warning, n.Span, "the address in %s holds a password in clear text; take it from a Secret, or let a placeholder such as $PASSWORD stand for it", what)
	default:
		c.report("clear-text-secret", lint.Warning, n.Span, "%s is a secret in clear text; refer to a Secret instead, or let a placeholder such as $%s stand for it", what, c.variableName(what))
	}
}

// variableName makes an environment variable's name of a key. A key of one word
// says too little, and $PWD is the shell's: the key above it goes in front.
func (c *checker) variableName(key string) string {
	if n := len(c.path); n >= 2 && !c.path[n-2].IsIndex && !strings.ContainsAny(key, "_-ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		key = c.path[n-2].Key + "_" + key
	}
	var b strings.Builder
	for i := range len(key) {
		ch := key[i]
		switch {
		case ch >= 'A' && ch <= 'Z':
			if i > 0 && key[i-1] >= 'a' && key[i-1] <= 'z' {
				b.WriteByte('_')
			}
			b.WriteByte(ch)
		case ch >= 'a' && ch <= 'z':
			b.WriteByte(ch - 'a' + 'A')
		case ch >= '0' && ch <= '9' && i > 0:
			b.WriteByte(ch)
		default:
			b.WriteByte('_')
		}
	}
	return b.String()
}

func (c *checker) underSecretData() bool {
	// What a SealedSecret holds is encrypted.
	if slices.ContainsFunc(c.path, func(s lint.Step) bool { return s.Key == "encryptedData" }) {
		return true
	}
	return len(c.path) == 2 && (c.path[0].Key == "data" || c.path[0].Key == "stringData")
}

// secretObject reports a Kubernetes Secret whose content stands in the file.
func (c *checker) secretObject(n *values.Node) {
	for _, part := range [...]string{"stringData", "data"} {
		f := n.Get(part)
		if f == nil || f.Value.Kind != values.Map {
			continue
		}
		var keys []string
		for _, e := range f.Value.Fields {
			v := e.Value
			if v.Kind == values.String && v.Str != "" && !v.Unknown() && !strings.HasSuffix(e.Key, ".crt") && !strings.HasPrefix(v.Str, "ENC[") && e.Key != "username" {
				keys = append(keys, e.Key)
			}
		}
		if len(keys) > 0 {
			sev, why := lint.Warning, ""
			if part == "data" { // may well be an export of the cluster
				sev, why = lint.Info, "; base64 hides nothing"
			}
			c.path = append(c.path, lint.Step{Key: part})
			c.report("clear-text-secret", sev, f.KeySpan, "this Secret holds its values in the file (%s)%s; keep it out of the repository, or seal or encrypt it", enumerate(keys), why)
			c.path = c.path[:len(c.path)-1]
		}
	}
}

// angle reports what the documents leave to be filled in.
func (c *checker) angle(n *values.Node) {
	if n.Str == "" || len(n.Str) > 200 || strings.IndexByte(n.Str, '\n') >= 0 {
		return
	}
	if redact.IsFiller(n.Str) {
		c.report("angle-placeholder", lint.Warning, n.Span, "%q still waits for the real value; write it here", n.Str)
		return
	}
	prose := len(c.path) > 0 && isProseKey(c.path.Last().Key) // which may speak of a <name>
	if name := angled(n.Str); name != "" && (name == n.Str || !prose) {
		c.report("angle-placeholder", lint.Warning, n.Span, "%s is left to be filled in; write the real value here", name)
		return
	}
	if isTagKey(nameFor(c.path, nil)) && isFamily(n.Str) {
		c.report("angle-placeholder", lint.Warning, n.Span, "%q is a family of versions, not a version; write one that the registry has", n.Str)
	}
}

// angled returns the first <name> of a string that is no markup.
func angled(s string) string {
	i := strings.IndexByte(s, '<')
	if i < 0 || strings.Contains(s, "</") || strings.Contains(s, "/>") || strings.Contains(s, "{{") || strings.Contains(s, "(?") {
		return ""
	}
	for ; i >= 0 && i < len(s); i++ {
		if s[i] != '<' {
			continue
		}
		end := strings.IndexByte(s[i:], '>')
		if end < 0 {
			return ""
		}
		if name := s[i+1 : i+end]; isAngleName(name) {
			return s[i : i+end+1]
		}
	}
	return ""
}

func isAngleName(s string) bool {
	if len(s) < 2 || len(s) > 60 {
		return false
	}
	first := s[0]
	if !(first >= 'a' && first <= 'z' || first >= 'A' && first <= 'Z') {
		return false
	}
	switch strings.ToLower(s) {
	case "br", "hr", "li", "ul", "ol", "td", "tr", "div", "span", "pre", "code", "html", "body", "nil", "none", "unknown", "stdin", "stdout":
		return false
	}
	for i := range len(s) {
		if !isKeyByte(s[i]) && s[i] != ' ' {
			return false
		}
	}
	return s[len(s)-1] != ' '
}

// isFamily matches 1.8.x and 2.x.x.
func isFamily(s string) bool {
	s = strings.TrimPrefix(s, "v")
	parts := strings.Split(s, ".")
	if len(parts) < 2 || !isDigits(parts[0]) {
		return false
	}
	for _, p := range parts[1 : len(parts)-1] {
		if !isDigits(p) && !strings.EqualFold(p, "x") {
			return false
		}
	}
	return strings.EqualFold(parts[len(parts)-1], "x")
}
