package regocheck

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Readable writes errors of OPA in our form: file, line, what is wrong. Other
// errors stay as they are.
func Readable(err error) error { return policyErrors(err) }

// policyErrors writes OPA's errors in our form: file, line, what is wrong and,
// where the reason is ours, the mend.
func policyErrors(err error) error {
	var list ast.Errors
	if !errors.As(err, &list) {
		var one *ast.Error
		if !errors.As(err, &one) {
			return err
		}
		list = ast.Errors{one}
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b *ast.Error) int {
		return cmp.Or(a.Location.Compare(b.Location), cmp.Compare(len(a.Message), len(b.Message)), cmp.Compare(a.Message, b.Message))
	})
	out := make([]error, 0, len(list))
	for i, e := range list {
		if i+1 < len(list) && sameMistake(e, list[i+1]) {
			continue
		}
		out = append(out, policyError(e))
	}
	return errors.Join(out...)
}

// sameMistake tells when the parser says again, and at more length, what is
// wrong at a place.
func sameMistake(a, b *ast.Error) bool {
	headA, _, _ := strings.Cut(a.Message, ": ")
	headB, _, _ := strings.Cut(b.Message, ": ")
	return a.Code == ast.ParseErr && b.Code == ast.ParseErr && a.Location.Compare(b.Location) == 0 && headA == headB
}

func policyError(e *ast.Error) error {
	place := ""
	if e.Location != nil {
		place = fmt.Sprintf("%s:%d: ", e.Location.File, e.Location.Row)
	}
	msg := oneLine(strings.TrimSpace(e.Message))
	if name, ok := strings.CutPrefix(msg, "undefined function "); ok {
		if why := forbidden(name); why != "" {
			return fmt.Errorf("%s%s is not available: %s", place, name, why)
		}
	}
	if e.Code == ast.TypeErr && e.Details != nil {
		for _, l := range e.Details.Lines() {
			if l = strings.TrimSpace(l); l != "" && strings.Trim(l, "^") != "" {
				msg += "; " + l
			}
		}
	}
	return errors.New(place + msg)
}

// joinDistinct joins errors, those of a library that several parts share once.
func joinDistinct(errs []error) error {
	seen := map[string]bool{}
	var out []error
	for _, err := range errs {
		if err == nil {
			continue
		}
		for line := range strings.Lines(err.Error()) {
			if line = strings.TrimSuffix(line, "\n"); !seen[line] {
				seen[line] = true
				out = append(out, errors.New(line))
			}
		}
	}
	return errors.Join(out...)
}

// oneLine joins a headline and the lines below it.
func oneLine(msg string) string {
	lines := strings.Split(msg, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Replace(strings.Join(lines, ", "), ":, ", ": ", 1)
}
