package helmcmd

import (
	"path"
	"slices"
	"strings"

	"mvdan.cc/sh/v3/syntax"
)

// Assign is one variable that is set. Its Word is NAME=VALUE as a whole.
type Assign struct {
	Name string
	Value
}

// otherNoValue are the flags of kubectl, oc and az that take a value only
// behind an equals sign.
const otherNoValue = "all all-namespaces allow-missing-template-keys auto-generate debug dry-run force help ignore-daemonsets ignore-not-found " +
	"insecure-skip-tls-verify local no-headers no-wait only-show-errors overwrite prune record recursive server-side " +
	"show-labels stdin tty verbose wait watch watch-only yes"

// otherLong names the flags of one letter.
var otherLong = map[string]map[string]string{
	"kubectl": {"n": "namespace", "f": "filename", "l": "selector", "o": "output", "p": "patch", "c": "container", "A": "all-namespaces", "w": "watch", "h": "help", "R": "recursive", "i": "stdin", "t": "tty"},
	"az":      {"g": "resource-group", "n": "name", "o": "output", "v": "vault-name", "c": "container-name", "i": "item-name", "h": "help", "y": "yes"},
}

// other adds a command of another program. Where a wrapper such as sudo runs
// kubectl or az, that is the command.
func (p *parser) other(c *syntax.CallExpr, words []Word) {
	at := 0
	if in(wrappers, path.Base(words[0].Text)) {
		if i := slices.IndexFunc(words, func(w Word) bool { return w.Known && in("kubectl oc az", path.Base(w.Text)) }); i > 0 {
			at = i
		}
	}
	words = words[at:]
	cmd := Command{Words: words, Span: words[0].Span, Uses: uses(c)}
	last := words[len(words)-1].Span
	cmd.Span.EndLine, cmd.Span.EndCol = last.EndLine, last.EndCol
	if words[0].Known {
		cmd.Tool = strings.TrimSuffix(path.Base(words[0].Text), ".exe")
	}
	if cmd.Tool == "oc" {
		cmd.Tool = "kubectl"
	}
	cmd.readOther()
	p.commands = append(p.commands, cmd)
}

// readOther tells flags from arguments.
func (c *Command) readOther() {
	for i := 1; i < len(c.Words); i++ {
		w := c.Words[i]
		c.Open = c.Open || w.always || w.split && w.masked == maskString
		dashes := len(w.masked) - len(strings.TrimLeft(w.masked, "-"))
		if dashes == 0 || dashes > 2 || len(w.masked) == dashes {
			c.Args = append(c.Args, i)
			continue
		}
		name, _, has := strings.Cut(w.masked[dashes:], "=")
		f := Flag{Name: name, Word: i, HasValue: has}
		long := otherLong[c.Tool]
		switch {
		case has:
			f.Value = c.part(i, w.masked[:dashes]+name+"=")
		case dashes == 1 && len(name) > 1 && long[name[:1]] != "" && !in(otherNoValue, long[name[:1]]):
			f.Name, f.HasValue, f.Value = name[:1], true, c.part(i, "-"+name[:1]) // -nvoice
		case !in(otherNoValue, long[name]) && !in(otherNoValue, name) && i+1 < len(c.Words) && !strings.HasPrefix(c.Words[i+1].masked, "-"):
			i++
			f.HasValue, f.Value = true, c.value(i)
		}
		if full := long[f.Name]; full != "" && dashes == 1 {
			f.Name = full
		}
		c.Flags = append(c.Flags, f)
	}
	if c.Tool == "kubectl" {
		c.Namespace = c.flagValue("namespace")
	}
}

// assignments adds a command for variables that are set by themselves.
func (p *parser) assignments(n syntax.Node, assigns []*syntax.Assign, base int) {
	if !p.all {
		return
	}
	cmd := Command{Span: p.span(base+int(n.Pos().Offset()), base+int(n.End().Offset())), Uses: uses(n)}
	for _, a := range assigns {
		if a.Name == nil || a.Naked {
			continue
		}
		w := Word{Known: a.Array == nil && a.Index == nil && !a.Append}
		if a.Value != nil {
			w = p.word(a.Value, base)
		}
		w.Span = p.span(base+int(a.Pos().Offset()), base+int(a.End().Offset()))
		cmd.Assigns = append(cmd.Assigns, Assign{a.Name.Value, Value{Text: w.Text, Known: w.Known, Word: len(cmd.Words), masked: w.masked}})
		cmd.Words = append(cmd.Words, w)
	}
	if len(cmd.Words) > 0 {
		p.commands = append(p.commands, cmd)
	}
}

// hereDocument gives the command that was just read its here-document.
func (p *parser) hereDocument(from int, redirs []*syntax.Redirect, base int) {
	if !p.all || len(p.commands) <= from {
		return
	}
	for _, r := range redirs {
		if r.Hdoc != nil {
			at, end := base+int(r.Hdoc.Pos().Offset()), base+int(r.Hdoc.End().Offset())
			body := p.text[min(at, len(p.text)):min(end, len(p.text))]
			p.commands[from].Here = body[:strings.LastIndexByte(body, '\n')+1] // without its last word
		}
	}
}

// uses lists the variables whose values a command needs. Those with a default,
// or with a message of their own for when they are not set, are left out.
func uses(n syntax.Node) []string {
	var out []string
	syntax.Walk(n, func(n syntax.Node) bool {
		if v, ok := n.(*syntax.ParamExp); ok && v.Param != nil && v.Exp == nil && !slices.Contains(out, v.Param.Value) {
			out = append(out, v.Param.Value)
		}
		return true
	})
	return out
}

// unescape undoes the escapes of $'...'. It knows those that people write.
func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		if i++; i == len(s) {
			return "", false
		}
		switch s[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case '\\', '\'', '"':
			b.WriteByte(s[i])
		default:
			return "", false
		}
	}
	return b.String(), true
}

// otherInput is Input for a command of another program than helm.
func (c *Command) otherInput() map[string]any {
	in := map[string]any{"tool": c.Tool, "open": c.Open, "args": c.args(), "flags": c.flags(), "blanks": c.blanks()}
	if c.Namespace != nil {
		in["namespace"] = c.Namespace.input("value")
	}
	c.shell(in)
	return in
}

// shell adds what the shell does around a command.
func (c *Command) shell(in map[string]any) {
	if len(c.Assigns) > 0 {
		list := []any{}
		for _, a := range c.Assigns {
			m := a.Value.input("value")
			m["name"], m["text"] = a.Name, a.Text
			list = append(list, m)
		}
		in["assigns"] = list
	}
	if len(c.Uses) > 0 {
		list := []any{}
		for _, name := range c.Uses {
			list = append(list, name)
		}
		in["uses"] = list
	}
	if c.Here != "" {
		in["here"] = c.Here
	}
}
