package fix

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/helmvet/helmvet/internal/lint"
	"github.com/helmvet/helmvet/internal/values"
)

// Job is what Run mends.
type Job struct {
	Findings []lint.Finding // of the texts as they are
	Unsafe   bool           // make fixes that are guesses, too
	// Key names a file the same way however it is reached, so that two names of
	// one file are not edited twice.
	Key func(name string) string
	// Editable tells the files that may be changed.
	Editable func(name string) bool
	// Read returns the content of a file.
	Read func(name string) ([]byte, error)
	// Lint judges the texts again, those of over (by Key) in place of the files.
	Lint func(ctx context.Context, over map[string][]byte) ([]lint.Finding, error)
}

// Result is what Run did.
type Result struct {
	Files    []File         // that changed, by name
	Findings []lint.Finding // of the new texts
	Made     []lint.Finding // that fixes ended, in the order of their places
	Refused  []Refusal      // fixes that were taken back
	Unsafe   int            // fixes that were left because they are not safe
	Tired    bool           // judging took so many rounds that fixes were left
	Revealed []string       // files that can be read only now, with findings that nobody could see before
}

// File is one changed file.
type File struct {
	Name, Key     string
	Before, After []byte
}

// Refusal is a fix that was not made.
type Refusal struct {
	Finding lint.Finding
	Why     string
}

// mostRounds bounds how often everything is judged again.
const mostRounds = 300

// Run makes the fixes of findings, judges the result, and goes on until no fix
// is left. A fix after which its own finding stays, or another one appears, is
// taken back. Only texts in memory are changed.
func Run(ctx context.Context, job Job) (*Result, error) {
	r := &runner{job: job, over: map[string][]byte{}, names: map[string]string{}, before: map[string][]byte{}, refused: map[string]refusal{}}
	findings := job.Findings
	for {
		batch, err := r.next(findings)
		if err != nil {
			return nil, err
		}
		if len(batch) == 0 {
			break
		}
		if findings, err = r.attempt(ctx, findings, batch, 0); err != nil {
			return nil, err
		}
	}
	res := r.result(findings)
	res.Tired = r.rounds >= mostRounds
	return res, nil
}

type runner struct {
	job     Job
	over    map[string][]byte // new texts by key
	names   map[string]string // by key, the name in the first finding
	before  map[string][]byte
	refused map[string]refusal // by identity of the fix
	made    []lint.Finding
	shown   []string // files that could be read only after a fix
	done    int      // how many batches were kept
	rounds  int
}

type refusal struct {
	Refusal
	done int // when it was tried
}

// candidate is a fix with the findings that it is to end.
type candidate struct {
	fix      *lint.Fix
	findings []lint.Finding
	key      string // of its first file
	broken   bool   // that file cannot be read as YAML
}

func (c *candidate) id() string {
	f := &c.findings[0]
	return fmt.Sprintf("%q", []string{f.Rule, f.Path.String(), f.Span.File, c.fix.Description, fmt.Sprint(len(c.findings))})
}

func (r *runner) text(key, name string) ([]byte, error) {
	if data, ok := r.over[key]; ok {
		return data, nil
	}
	if data, ok := r.before[key]; ok {
		return data, nil
	}
	data, err := r.job.Read(name)
	if err != nil {
		return nil, err
	}
	r.before[key], r.names[key] = data, name
	return data, nil
}

// next chooses the fixes to make at once: none touches what another one edits.
// Files that cannot be read come first, each by itself, because what else is
// wrong with them shows afterwards only.
func (r *runner) next(findings []lint.Finding) ([]*candidate, error) {
	all, err := r.candidates(findings)
	if err != nil || r.rounds >= mostRounds {
		return nil, err
	}
	for _, again := range []bool{false, true} {
		var batch []*candidate
		var taken []placed
		for _, c := range all {
			if old, ok := r.refused[c.id()]; ok && (!again || old.done == r.done) {
				continue
			}
			if len(batch) > 0 && (batch[0].broken || c.broken) && (batch[0].key != c.key || batch[0].broken != c.broken) {
				continue
			}
			mine := r.places(c.fix)
			if slices.ContainsFunc(mine, func(p placed) bool { return slices.ContainsFunc(taken, p.meets) }) {
				continue
			}
			taken = append(taken, mine...)
			batch = append(batch, c)
		}
		if len(batch) > 0 {
			return batch, nil
		}
	}
	return nil, nil
}

// candidates are the fixes that may be made, each once.
func (r *runner) candidates(findings []lint.Finding) ([]*candidate, error) {
	var out []*candidate
	same := map[string]*candidate{}
	for _, f := range findings {
		if f.Fix == nil || f.Fix.Unsafe && !r.job.Unsafe || !r.editable(f.Fix) {
			continue
		}
		var id strings.Builder
		for _, e := range f.Fix.Edits {
			s := e.Span
			fmt.Fprintf(&id, "%q %d:%d %d:%d %q\n", r.job.Key(s.File), s.Line, s.Column, s.EndLine, s.EndCol, e.Text)
		}
		if c, ok := same[id.String()]; ok {
			c.findings = append(c.findings, f)
			continue
		}
		key := r.job.Key(f.Fix.Edits[0].Span.File)
		data, err := r.text(key, f.Fix.Edits[0].Span.File)
		if err != nil {
			return nil, err
		}
		c := &candidate{fix: f.Fix, findings: []lint.Finding{f}, key: key, broken: broken(data)}
		same[id.String()] = c
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(a, b *candidate) int {
		switch {
		case a.broken && !b.broken:
			return -1
		case b.broken && !a.broken:
			return 1
		}
		return 0
	})
	return out, nil
}

func (r *runner) editable(fix *lint.Fix) bool {
	return len(fix.Edits) > 0 && !slices.ContainsFunc(fix.Edits, func(e lint.Edit) bool { return e.Span.IsZero() || !r.job.Editable(e.Span.File) })
}

// broken reports whether Helm could not read the text as values or manifests.
func broken(data []byte) bool {
	for _, p := range values.Parse("", data, values.DefaultLimits).Problems {
		if p.Doc == 0 {
			return true
		}
	}
	return false
}

// placed is an edited span of a file.
type placed struct {
	key  string
	span lint.Span
}

func (r *runner) places(fix *lint.Fix) []placed {
	var out []placed
	for _, e := range fix.Edits {
		out = append(out, placed{r.job.Key(e.Span.File), e.Span})
	}
	return out
}

// meets reports whether two spans overlap or touch: of edits that touch it is
// not sure which comes first.
func (p placed) meets(q placed) bool {
	return p.key == q.key && !isBefore(p.span, q.span) && !isBefore(q.span, p.span)
}

func isBefore(a, b lint.Span) bool {
	return cmp.Or(cmp.Compare(a.EndLine, b.Line), cmp.Compare(a.EndCol, b.Column)) < 0
}

// attempt makes the fixes and keeps them if nothing new is reported. Otherwise
// it tries the first half of them; the rest has its turn later.
func (r *runner) attempt(ctx context.Context, findings []lint.Finding, batch []*candidate, depth int) ([]lint.Finding, error) {
	over, err := r.apply(batch)
	why := ""
	var after []lint.Finding
	if err != nil {
		why = err.Error()
	} else {
		r.rounds++
		if after, err = r.job.Lint(ctx, over); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			why = err.Error()
		} else if why = r.objection(findings, after, batch, over); why != "" && depth < deepest {
			end, ok, err := r.follow(ctx, findings, after, batch, over, depth)
			if ok || err != nil {
				return end, err
			}
		}
	}
	switch {
	case why == "":
		r.keep(batch, over)
		return after, nil
	case len(batch) > 1 && r.rounds < mostRounds:
		return r.attempt(ctx, findings, batch[:len(batch)/2], depth)
	}
	for _, c := range batch {
		r.refused[c.id()] = refusal{Refusal{c.findings[0], why}, r.done}
	}
	return findings, nil
}

// deepest is how many fixes may follow one another before all that they lead to
// has to be gone.
const deepest = 3

// follow makes the fixes of what a batch led to: a key that was moved may need
// quotes where it is now. It keeps all of it when nothing is left that was not
// there before.
func (r *runner) follow(ctx context.Context, before, after []lint.Finding, batch []*candidate, over map[string][]byte, depth int) ([]lint.Finding, bool, error) {
	known := map[string]bool{}
	for i := range before {
		for _, w := range r.wheres(&before[i]) {
			known[w+before[i].Path.String()] = true
		}
	}
	fresh := slices.DeleteFunc(slices.Clone(after), func(f lint.Finding) bool {
		return slices.ContainsFunc(r.wheres(&f), func(w string) bool { return known[w+f.Path.String()] })
	})
	next := *r
	next.over = over
	var more []*candidate
	all, err := next.candidates(fresh)
	if err != nil {
		return nil, false, err
	}
	var taken []placed
	for _, c := range all {
		if mine := next.places(c.fix); !slices.ContainsFunc(mine, func(p placed) bool { return slices.ContainsFunc(taken, p.meets) }) {
			more, taken = append(more, c), append(taken, mine...)
		}
	}
	if len(more) == 0 || r.rounds >= mostRounds {
		return nil, false, nil
	}
	further, err := next.apply(more)
	if err != nil {
		return nil, false, nil
	}
	r.rounds++
	end, err := r.job.Lint(ctx, further)
	if err != nil {
		return nil, false, ctx.Err()
	}
	if r.objection(before, end, batch, further) == "" {
		r.keep(batch, further)
		return end, true, nil
	}
	if depth+1 < deepest {
		return r.follow(ctx, before, end, batch, further, depth+1)
	}
	return nil, false, nil
}

func (r *runner) keep(batch []*candidate, over map[string][]byte) {
	for _, c := range batch {
		if c.broken && !broken(over[c.key]) && !slices.Contains(r.shown, r.names[c.key]) {
			r.shown = append(r.shown, r.names[c.key])
		}
		r.made = append(r.made, c.findings...)
		delete(r.refused, c.id())
	}
	r.over = over
	r.done++
}

// apply returns the texts with the fixes made.
func (r *runner) apply(batch []*candidate) (map[string][]byte, error) {
	edits := map[string][]lint.Edit{}
	for _, c := range batch {
		for _, e := range c.fix.Edits {
			key := r.job.Key(e.Span.File)
			if _, err := r.text(key, e.Span.File); err != nil {
				return nil, err
			}
			edits[key] = append(edits[key], e)
		}
	}
	over := make(map[string][]byte, len(r.over)+len(edits))
	for key, data := range r.over {
		over[key] = data
	}
	for key, list := range edits {
		data, err := r.text(key, r.names[key])
		if err != nil {
			return nil, err
		}
		if over[key], err = Apply(data, list); err != nil {
			return nil, err
		}
	}
	return over, nil
}

// objection tells why fixes are not kept; "" when they are. A finding counts as
// new when there are more of its rule in its release or file than before,
// without those that the fixes are to end: paths may change when keys move.
func (r *runner) objection(before, after []lint.Finding, batch []*candidate, over map[string][]byte) string {
	if c := batch[0]; c.broken {
		was, err := r.text(c.key, r.names[c.key])
		if err == nil && !broken(over[c.key]) && broken(was) {
			return "" // what is reported now could not be seen before
		}
	}
	left, own, known := map[string]int{}, map[string]bool{}, map[string]bool{}
	for i := range before {
		for _, w := range r.wheres(&before[i]) {
			left[w]++
			known[w+before[i].Path.String()] = true
		}
	}
	for _, c := range batch {
		for i := range c.findings {
			for _, w := range r.wheres(&c.findings[i]) {
				left[w]--
				own[w] = true
			}
		}
	}
	// Fixes that are made on demand make values count that had no effect before,
	// and what is worth knowing of those may be told then.
	counts := func(f *lint.Finding, w string) bool { return !r.job.Unsafe || f.Severity > lint.Info || own[w] }
	more := map[string]bool{}
	for i := range after {
		for _, w := range r.wheres(&after[i]) {
			if left[w]--; left[w] < 0 && counts(&after[i], w) {
				more[w] = true
			}
		}
	}
	if len(more) == 0 {
		return ""
	}
	var stays *lint.Finding
	for i := range after {
		f := &after[i]
		for _, w := range r.wheres(f) {
			if !more[w] || !counts(f, w) {
				continue
			}
			if !known[w+f.Path.String()] {
				return fmt.Sprintf("it would lead to %s: %s [%s]", f.Severity, f.Message, f.Rule)
			}
			if stays == nil {
				stays = f
			}
		}
	}
	return fmt.Sprintf("the finding would stay, or come again: %s", stays.Message)
}

// wheres names the rule of a finding at each release that it is about, or in its
// file.
func (r *runner) wheres(f *lint.Finding) []string {
	if f.Release == "" && f.Location == "" && len(f.Also) == 0 {
		return []string{fmt.Sprintf("%q", []string{f.Rule, r.job.Key(f.Span.File)})}
	}
	out := []string{fmt.Sprintf("%q", []string{f.Rule, f.Release, f.Location, f.Chart})}
	for _, w := range f.Also {
		out = append(out, fmt.Sprintf("%q", []string{f.Rule, w.Release, w.Location, f.Chart}))
	}
	return out
}

func (r *runner) result(findings []lint.Finding) *Result {
	res := &Result{Findings: findings, Made: r.made, Revealed: r.shown}
	for key, after := range r.over {
		if !slices.Equal(after, r.before[key]) {
			res.Files = append(res.Files, File{Name: r.names[key], Key: key, Before: r.before[key], After: after})
		}
	}
	slices.SortFunc(res.Files, func(a, b File) int { return cmp.Compare(a.Name, b.Name) })
	for _, old := range r.refused {
		res.Refused = append(res.Refused, old.Refusal)
	}
	slices.SortFunc(res.Refused, func(a, b Refusal) int {
		return cmp.Or(cmp.Compare(a.Finding.Span.File, b.Finding.Span.File), cmp.Compare(a.Finding.Span.Line, b.Finding.Span.Line), cmp.Compare(a.Finding.Rule, b.Finding.Rule), cmp.Compare(a.Finding.Message, b.Finding.Message))
	})
	for i := range findings {
		if f := &findings[i]; f.Fix != nil && f.Fix.Unsafe && !r.job.Unsafe && r.editable(f.Fix) {
			res.Unsafe++
		}
	}
	return res
}
