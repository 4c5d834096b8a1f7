package lint

// Report is the outcome of one run, ready to be rendered.
type Report struct {
	Packs        []string // which packs spoke, sorted
	Findings     []Finding
	Files        int
	Releases     int
	Suppressed   int
	Placeholders int
}

// Count returns how many findings have the severity.
func (r *Report) Count(s Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == s {
			n++
		}
	}
	return n
}

// Worst returns the highest severity among the findings, Off when there are none.
func (r *Report) Worst() Severity {
	worst := Off
	for i := range r.Findings {
		worst = max(worst, r.Findings[i].Severity)
	}
	return worst
}
