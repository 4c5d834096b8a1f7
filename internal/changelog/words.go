package changelog

import (
	"strings"

	"github.com/helmvet/helmvet/internal/lazyregexp"
	"github.com/helmvet/helmvet/internal/lint"
)

// versionHead is a heading that begins a version: 1.2.3, [1.2.3] - 2026-01-31,
// v1.2.3, Version 1.2, Helm chart 1.2.3, tenant-1.2.3, To 1.2.3.
var versionHead = lazyregexp.New(`(?i)^\[?(?:(?:to|version|release|helm chart|chart)[ :]+|[a-z][a-z0-9-]*-)?v?(\d+\.\d+(?:\.\d+)?(?:-[0-9a-z.-]+)?(?:\+[0-9a-z.-]+)?)(?:[\] (:,]|$)`)

// versionTo is a heading about the way from one version to another: 7.6.x → 7.7.0,
// Upgrading to 7.7.0.
var versionTo = lazyregexp.New("(?i)^(?:upgrad\\w*|migrat\\w*|from)?[ `v0-9.x-]*(?:->|→|=>|\\bto\\b|–)[ `]*v?(\\d+\\.\\d+\\.\\d+(?:-[0-9a-z.-]+)?)[`)]?$")

func versionOf(heading string) (string, bool) {
	h := strings.Trim(heading, "*_` ")
	if strings.HasPrefix(strings.ToLower(strings.Trim(h, "[]")), "unreleased") {
		return "", true
	}
	for _, re := range []*lazyregexp.Regexp{versionHead, versionTo} {
		if m := re.FindStringSubmatch(h); m != nil {
			return m[1], true
		}
	}
	return "", false
}

// verbs are the words that tell what became of a key, the surest first.
var verbs = []struct {
	sec Section
	re  *lazyregexp.Regexp
}{
	{Renamed, lazyregexp.New(`(?i)\b(?:renam(?:e|es|ed|ing|ings)|superseded|replac(?:e|es|ed|ing)|switched)\b`)},
	{Moved, lazyregexp.New(`(?i)\b(?:mov(?:e|es|ed|ing)|relocated)\b`)},
	{Deprecated, lazyregexp.New(`(?i)\bdeprecat(?:e|es|ed|ing|ion|ions)\b`)},
	{Removed, lazyregexp.New(`(?i)\b(?:remov(?:e|es|ed|ing|al|als)|drop(?:s|ped)?|delet(?:e|es|ed|ing)|split|no longer (?:supported|used|exists?|available))\b`)},
	{Changed, lazyregexp.New(`(?i)\b(?:chang(?:e|es|ed|ing)|updat(?:e|es|ed)|modified)\b`)},
	{Added, lazyregexp.New(`(?i)\b(?:add(?:s|ed|ing)?|introduc(?:e|es|ed)|new)\b`)},
}

// sectionOf is what a heading says of the bullets below it.
func sectionOf(heading string) Section {
	for _, v := range verbs {
		if v.re.MatchString(heading) {
			return v.sec
		}
	}
	return ""
}

var values = lazyregexp.New(`(?i)\b(?:values?(?:[ .-](?:file|yaml))?|keys?|parameters?|settings?|options?)\b`)

func aboutValues(s string) bool { return values.MatchString(s) }

var done = lazyregexp.New(`(?i)\b(?:have|has|had|were|was|are|is|been)\b`)

// announced is the section of a sentence such as "The following values have
// been removed:".
func announced(sentence string) Section {
	if !done.MatchString(sentence) && !aboutValues(sentence) {
		return ""
	}
	sec := sectionOf(sentence)
	if (sec == Changed || sec == Added) && defaultOf.MatchString(sentence) {
		return "" // what the values set is not concerned
	}
	return sec
}

// found is a key that a bullet names: in code, and which code of it.
type found struct {
	key string
	at  int // index of the token
}

// keysOf lists the tokens that are keys of values.
func (r *reader) keysOf(s say) []found {
	var out []found
	for i, t := range s.tokens {
		if !t.code {
			continue
		}
		if k, ok := keyOf(t.text); ok {
			out = append(out, found{k, i})
		}
	}
	return out
}

var (
	keyWord   = lazyregexp.New(`^[A-Za-z0-9_](?:[A-Za-z0-9_./-]|\\.|\[\d+\]|\["[^"]*"\]|\['[^']*'\]|"[^"]*")*$`)
	afterKey  = lazyregexp.New(`^(\S+?)(?::|: .*|\s*=\s*.*)$`)
	wildcards = lazyregexp.New(`(?:\.\*|\[\*?\]|\.<[^>]*>)+$`)
	fileName  = lazyregexp.New(`(?i)\.(?:ya?ml|json|md|tpl|txt|sh|tgz|go)$`)
)

// keyOf reads a key out of code: .Values.a.b, a.b: true, a.b=c, a.b.*.
func keyOf(code string) (string, bool) {
	k := strings.TrimSpace(code)
	k = strings.TrimPrefix(strings.TrimPrefix(k, "--set "), "$")
	k = strings.TrimPrefix(k, ".Values.")
	if m := afterKey.FindStringSubmatch(k); m != nil {
		k = m[1]
	}
	k = wildcards.ReplaceAllString(k, "")
	if !keyWord.MatchString(k) || fileName.MatchString(k) || strings.Contains(k, "//") || strings.EqualFold(k, "n/a") {
		return "", false
	}
	if p := ParseKey(k); len(p) == 0 {
		return "", false
	}
	return k, true
}

// item reads one bullet or sentence. The section is what its own words say,
// then what was said above.
func (r *reader) item(s say, said Section) {
	keys := r.keysOf(s)
	if len(keys) == 0 {
		return
	}
	list := said
	if list == "" {
		list = r.heading
	}
	sec, first, instead := r.understand(s, keys, list, said != "" || r.values)
	if sec == "" {
		return
	}
	for _, k := range first {
		r.add(s, sec, k, instead)
	}
}

func (r *reader) add(s say, sec Section, key, instead string) {
	e := Entry{Version: r.version, Section: sec, Key: key, Path: ParseKey(key), Text: s.String(), Line: s.line}
	if instead != "" && instead != key {
		e.Replacement, e.Instead = instead, ParseKey(instead)
	}
	r.log.Entries = append(r.log.Entries, e)
	r.unread = nil
}

var (
	// between two keys: the second takes the place of the first.
	toNew   = lazyregexp.New(`(?i)(?:->|→|=>|⇒|\bto\b|\binto\b|\bby\b|\bwith\b|\bas\b|\bin favou?r of\b|\buse\b|\binstead\b|\bunder\b|\bnow\b|\breplacement\b|\bsuccessor\b)`)
	replace = lazyregexp.New(`(?i)\breplaces?\b`)
	andMore = lazyregexp.New(`(?i)^\s*(?:,|;|/|&|\band\b|,\s*and\b)\s*$`)
	// before the first key of a bullet: nothing but what kind of thing it is, or
	// what became of it.
	lead = lazyregexp.New(`(?i)^[\s*_:\[\]()!-]*(?:breaking(?: changes?)?[:)\s-]*)?(?:\([^)]*\)\s*:?\s*)?(?:\[[^\]]*\]\s*)?(?:(?:the|helm|chart|old|obsolete|unused|deprecated|value|values|values?\.yaml|key|keys|parameter|parameters|setting|settings|option|options|field|fields|property|flag|support|for|of|legacy|chore|feat|fix|refactor|remov\w*|drop\w*|delet\w*|renam\w*|mov\w*|deprecat\w*|replac\w*|chang\w*|add\w*|introduc\w*|new|default|from|top-level)[\s:!]+)*$`)
	// what may follow a key that is gone.
	fate = lazyregexp.New(`(?i)^\s*(?:->|→|=>|\bto\b|\binto\b|\(|,|;|:|\.|-|–|—|\bvalues?\b|\bkeys?\b|\bparameters?\b|\bsettings?\b|\boptions?\b|\bfields?\b|\bfrom\b|\bin favou?r of\b|\bhas\b|\bhave\b|\bwas\b|\bwere\b|\bis\b|\bare\b|\bno longer\b|\bas\b|\bbecause\b|\bsince\b|\buse\b|\binstead\b|$)`)
)

// understand tells what a bullet says of which keys, and what takes their
// place. listed tells that the bullets are announced as a list of values.
func (r *reader) understand(s say, keys []found, list Section, listed bool) (sec Section, gone []string, instead string) {
	first := keys[0]
	before := words(s.tokens[:first.at])
	// Keys that belong together: `a`, `b` and `c`.
	gone = []string{first.key}
	last := 0
	for i := 1; i < len(keys) && andMore.MatchString(words(s.tokens[keys[i-1].at+1:keys[i].at])); i++ {
		gone = append(gone, keys[i].key)
		last = i
	}
	after := words(s.tokens[keys[last].at+1:])
	plain := before + " " + after
	own := sectionOf(plain)
	if !listed && !lead.MatchString(before) {
		return "", nil, "" // prose that mentions a key in passing
	}
	if last+1 < len(keys) {
		between := words(s.tokens[keys[last].at+1 : keys[last+1].at])
		switch {
		case toNew.MatchString(between) && len(gone) == 1:
			instead = keys[last+1].key
		case replace.MatchString(between) && len(gone) == 1:
			// `new` replaces `old`
			return Renamed, []string{keys[last+1].key}, first.key
		}
	}
	if listed {
		sec = list
		if sec == Changed || sec == "" || sec == Removed && instead != "" && own != "" {
			sec = prefer(own, list)
		}
	} else {
		sec = prefer(own, list)
		if sec != "" && own == "" && !fate.MatchString(after) {
			return "", nil, ""
		}
	}
	if instead != "" && sec == Changed && !strings.Contains(strings.ToLower(plain), "default") && arrow.MatchString(plain) {
		sec = Renamed
	}
	if sec == Changed || sec == Added {
		instead = ""
	}
	// A default, an image or a check that is gone is no key that is gone.
	if !listed && sec.breaking() && defaultOf.MatchString(before+" "+firstWords(after)) {
		sec, instead = Changed, ""
	}
	return sec, gone, instead
}

var (
	arrow     = lazyregexp.New(`->|→|=>|⇒`)
	defaultOf = lazyregexp.New(`(?i)\bdefaults?\b`)
)

func firstWords(s string) string {
	f := strings.Fields(s)
	return strings.Join(f[:min(3, len(f))], " ")
}

func prefer(own, list Section) Section {
	if own != "" {
		return own
	}
	return list
}

func words(ts []token) string {
	var b strings.Builder
	for _, t := range ts {
		if t.code {
			b.WriteString(" ` ")
		} else {
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// row reads a row of a table: the first column is the old key, a column that is
// called new or replacement the new one.
func (r *reader) row(head []string, cells []say, said Section) {
	sec := said
	if sec == "" {
		sec = r.heading
	}
	col := func(re *lazyregexp.Regexp) int {
		for i, h := range head {
			if re.MatchString(h) {
				return i
			}
		}
		return -1
	}
	from, to := col(oldColumn), col(newColumn)
	if len(head) > 1 && versionColumn.MatchString(head[0]) && versionColumn.MatchString(head[1]) {
		from, to = 0, 1
	}
	if from < 0 || from >= len(cells) || from == to {
		return
	}
	keys := r.keysOf(cells[from])
	if len(keys) != 1 {
		return
	}
	instead := ""
	if to >= 0 && to < len(cells) {
		if k := r.keysOf(cells[to]); len(k) == 1 {
			instead = k[0].key
		}
		if sec == "" || sec == Changed {
			sec = Renamed
			if instead == "" {
				sec = Removed
			}
		}
	}
	if sec == "" || sec == Added {
		return
	}
	s := say{line: cells[from].line}
	for _, c := range cells {
		s.tokens = append(s.tokens, c.tokens...)
		s.tokens = append(s.tokens, token{text: " "})
	}
	r.add(s, sec, keys[0].key, instead)
}

var (
	oldColumn = lazyregexp.New(`\b(?:old|previous|before|removed|deprecated)\b`)
	// both columns are called after versions: 6.x.x, 7.x.x
	versionColumn = lazyregexp.New(`^v?\d+(?:\.[\dx]+)+$`)
	newColumn     = lazyregexp.New(`\b(?:new|replacement|after|instead)\b`)
)

// ParseKey parts a dotted key: a.b[0].c, a."b.c", a["b.c"], a\.b. It is empty
// when the text is no key.
func ParseKey(s string) lint.Path {
	var p lint.Path
	var key strings.Builder
	open := false
	flush := func() {
		if open {
			p = append(p, lint.Step{Key: key.String()})
		}
		key.Reset()
		open = false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			i++
			key.WriteByte(s[i])
			open = true
		case c == '"' || c == '\'':
			end := strings.IndexByte(s[i+1:], c)
			if end < 0 {
				return nil
			}
			key.WriteString(strings.ReplaceAll(s[i+1:i+1+end], `\`, ""))
			open = true
			i += end + 1
		case c == '[':
			end := strings.IndexByte(s[i:], ']')
			if end < 0 {
				return nil
			}
			flush()
			inside := s[i+1 : i+end]
			if q := strings.Trim(inside, `"'`); q != inside {
				p = append(p, lint.Step{Key: q})
			} else {
				n := 0
				for _, d := range inside {
					if d < '0' || d > '9' || n > 1<<20 {
						return nil
					}
					n = n*10 + int(d-'0')
				}
				if inside == "" {
					return nil
				}
				p = append(p, lint.Step{Index: n, IsIndex: true})
			}
			i += end
		case c == '.':
			if !open && (len(p) == 0 || i > 0 && s[i-1] == '.') {
				return nil
			}
			flush()
		default:
			key.WriteByte(c)
			open = true
		}
	}
	if !open && strings.HasSuffix(s, ".") {
		return nil
	}
	flush()
	return p
}
