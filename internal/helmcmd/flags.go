package helmcmd

import (
	"strconv"
	"strings"
	"time"

	"github.com/helmvet/helmvet/internal/values"
)

// full returns the name of a verb that Helm prints.
func full(verb string) string {
	switch verb {
	case "delete", "del", "un":
		return "uninstall"
	case "fetch":
		return "pull"
	case "dep", "dependencies":
		return "dependency"
	case "ls":
		return "list"
	case "inspect":
		return "show"
	case "hist":
		return "history"
	case "rm":
		return "remove"
	case "up":
		return "update"
	}
	return verb
}

// groups are the verbs that another verb follows; diff is a plugin.
const groups = "repo registry dependency plugin get show search completion diff"

// noValue are the flags that take a value only behind an equals sign.
const noValue = "all all-namespaces allow-deprecated-repos atomic cleanup-on-fail client create-namespace date debug " +
	"dependency-update deployed devel disable-openapi-validation dry-run enable-dns fail-on-no-result " +
	"fail-on-repo-update-fail failed force force-conflicts force-replace force-update generate-name help " +
	"hide-notes hide-secret ignore-not-found include-crds insecure insecure-skip-tls-verify install " +
	"is-upgrade json keep-history kube-insecure-skip-tls-verify list-repo-url no-headers no-hooks " +
	"no-update pass-credentials password-stdin pending plain-http prov purge quiet recreate-pods regexp " +
	"release-name render-subchart-notes replace reset-then-reuse-values reset-values reuse-values reverse " +
	"rollback-on-failure short show-desc show-resources show-rollback-revision sign skip-crds " +
	"skip-refresh skip-schema-validation skip-tests strict superseded take-ownership tls tls-verify " +
	"uninstalled uninstalling untar validate verify versions wait wait-for-jobs with-subcharts"

// withValue are the flags whose value may be the next word.
const withValue = "api-versions app-version burst-limit ca-file cascade cert-file color colour content-cache " +
	"description destination endpoint filter history-max jsonpath key key-file keyring kube-apiserver " +
	"kube-as-group kube-as-user kube-ca-file kube-context kube-tls-server-name kube-token kube-version " +
	"kubeconfig labels max max-col-width merge name name-template namespace offset output output-dir " +
	"passphrase-file password post-renderer post-renderer-args qps registry-config repo repository-cache " +
	"repository-config revision selector server-side set set-file set-json set-literal set-string " +
	"show-only template tiller-connection-timeout tiller-namespace time-format timeout type untardir url " +
	"username values version"

// long names the flag of one letter, which may mean another one in some verbs.
func long(verb string, letter byte) string {
	switch verb + " " + string(rune(letter)) {
	case "list f":
		return "filter"
	case "list a", "get values a":
		return "all"
	case "list A":
		return "all-namespaces"
	case "list d":
		return "date"
	case "list l":
		return "selector"
	case "list m":
		return "max"
	case "list r":
		return "reverse"
	case "package u":
		return "dependency-update"
	case "search repo r":
		return "regexp"
	case "search repo l":
		return "versions"
	case "version c":
		return "client"
	}
	switch letter {
	case 'n':
		return "namespace"
	case 'f':
		return "values"
	case 'i':
		return "install"
	case 'g':
		return "generate-name"
	case 'l':
		return "labels"
	case 'o':
		return "output"
	case 'h':
		return "help"
	case 's':
		return "show-only"
	case 'a':
		return "api-versions"
	case 'd':
		return "destination"
	case 'u':
		return "username"
	case 'p':
		return "password"
	case 'q':
		return "short"
	}
	return ""
}

// in reports whether a list has the word. Lists are plain text, because maps
// would be built on every start of the program.
func in(list, word string) bool {
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

func isSet(name string) bool { return name == "set" || strings.HasPrefix(name, "set-") }

func (c *Command) value(word int) Value {
	w := c.Words[word]
	return Value{Text: w.Text, Known: w.Known, Word: word, masked: w.masked}
}

// part returns the value of a flag behind the prefix of its word.
func (c *Command) part(word int, prefix string) Value {
	v := c.value(word)
	v.Text, v.masked = strings.TrimPrefix(v.Text, prefix), strings.TrimPrefix(v.masked, prefix)
	return v
}

// read takes the words apart. It is false when no verb can be seen.
func (c *Command) read() bool {
	c.parse()
	if c.Verb == "" {
		return false
	}
	c.arguments()
	on := func(name string) bool {
		f := c.Flag(name)
		return f != nil && !(f.HasValue && (f.Value.Text == "false" || f.Value.Text == "none" || f.Value.Text == "hookOnly"))
	}
	c.Install = c.Verb == "upgrade" && on("install")
	c.Wait = on("wait") || on("atomic") || on("rollback-on-failure")
	c.Force = on("force") || on("force-replace")
	c.DryRun = on("dry-run")
	if v := c.flagValue("namespace"); v != nil {
		c.Namespace = v
	}
	c.Version, c.Timeout = c.flagValue("version"), c.flagValue("timeout")
	for _, f := range c.Flags {
		switch {
		case f.Name == "values" && f.HasValue:
			c.Files = append(c.Files, splitFiles(f.Value)...)
		case isSet(f.Name) && f.HasValue:
			c.Sets = append(c.Sets, newSet(f))
		}
	}
	return true
}

func (c *Command) flagValue(name string) *Value {
	if f := c.Flag(name); f != nil && f.HasValue {
		v := f.Value
		return &v
	}
	return nil
}

func splitFiles(v Value) []Value {
	if !v.Known {
		return []Value{v}
	}
	names, err := values.SplitFiles([]string{v.Text})
	if err != nil {
		return []Value{v}
	}
	var out []Value
	for _, name := range names {
		out = append(out, Value{Text: name, Known: true, Word: v.Word, masked: name})
	}
	return out
}

// parse tells flags from arguments as pflag does, and finds the verb.
func (c *Command) parse() {
	verb := true // the next argument is part of the verb
	for i := 1; i < len(c.Words); i++ {
		w := c.Words[i]
		switch {
		case w.masked == "--":
			for i++; i < len(c.Words); i++ {
				c.Args = append(c.Args, i)
			}
		case strings.HasPrefix(w.masked, "--"):
			i = c.long(i)
		case len(w.masked) > 1 && w.masked[0] == '-':
			i = c.shorts(i)
		case verb && w.split && c.Verb == "":
			return // $FLAGS before the verb, or in its place
		case verb:
			verb = c.word(w)
			if !verb && c.Verb == "" {
				return
			}
		default:
			c.Args = append(c.Args, i)
		}
	}
}

// word takes a part of the verb and reports whether another one follows.
func (c *Command) word(w Word) bool {
	if !w.Known {
		c.Verb = ""
		return false
	}
	if c.Verb == "" || c.Verb == "diff" {
		name := full(w.Text)
		if name == "secrets" && c.Verb == "" {
			return true // the plugin of that name runs the rest
		}
		c.Verb = strings.TrimSpace(c.Verb + " " + name)
		return in(groups, c.Verb)
	}
	c.Verb += " " + full(w.Text)
	return false
}

func (c *Command) takesValue(name string) bool {
	if name == "server-side" {
		return c.Verb != "install" && c.Verb != "template"
	}
	return in(withValue, name)
}

// long reads --name, --name=value or --name value and returns the index of the
// last word that belongs to it.
func (c *Command) long(i int) int {
	name, _, has := strings.Cut(c.Words[i].masked[len("--"):], "=")
	f := Flag{Name: name, Word: i, HasValue: has, Unknown: !in(noValue, name) && !in(withValue, name)}
	if strings.ContainsRune(name, mask) {
		c.Open = true // a flag whose name the shell makes
		return i
	}
	switch {
	case has:
		f.Value = c.part(i, "--"+name+"=")
	case c.takesValue(name) && i+1 < len(c.Words):
		i++
		f.HasValue, f.Value = true, c.value(i)
	case f.Unknown:
		c.Open = true // the next word may be its value
	}
	c.Flags = append(c.Flags, f)
	return i
}

// shorts reads -i, -n value, -nvalue, -n=value or -in value.
func (c *Command) shorts(i int) int {
	rest := c.Words[i].masked[1:]
	prefix := "-"
	for at := i; rest != ""; {
		letter := rest[0]
		prefix, rest = prefix+string(rune(letter)), rest[1:]
		name := long(c.Verb, letter)
		f := Flag{Name: name, Word: at}
		switch {
		case name == "":
			f.Name, f.Unknown = string(rune(letter)), true
			c.Open = true
			c.Flags = append(c.Flags, f)
			return i
		case in(noValue, name) && !strings.HasPrefix(rest, "="):
			c.Flags = append(c.Flags, f)
			continue
		case strings.HasPrefix(rest, "="):
			f.HasValue, f.Value = true, c.part(at, prefix+"=")
		case rest != "":
			f.HasValue, f.Value = true, c.part(at, prefix)
		case i+1 < len(c.Words):
			i++
			f.HasValue, f.Value = true, c.value(i)
		}
		c.Flags = append(c.Flags, f)
		return i
	}
	return i
}

// arity returns how many arguments a verb takes, 0 where that is not known.
func arity(verb string) (least, most int) {
	switch verb {
	case "upgrade", "diff upgrade":
		return 2, 2
	case "install", "template", "rollback":
		return 1, 2
	case "status", "history", "test", "get values", "get all", "get manifest":
		return 1, 1
	}
	return 0, 0
}

// arguments finds out what the arguments are. Where words that the shell makes
// are more than the verb takes, some of them are flags.
func (c *Command) arguments() {
	for _, i := range c.Args {
		c.Open = c.Open || c.Words[i].always
	}
	least, most := arity(c.Verb)
	args := c.Args
	if most > 0 && len(args) > most || c.Open {
		var plain []int
		for _, i := range args {
			if w := c.Words[i]; !w.split {
				plain = append(plain, i)
			} else {
				c.Open = true
			}
		}
		if args = plain; len(args) < least {
			args = nil
		}
	}
	if most > 0 && len(args) > most {
		// One argument too many for Helm, or values of flags that are not known.
		c.Open = true
		args = nil
	}
	arg := func(i int) *Value {
		if i < 0 || i >= len(args) {
			return nil
		}
		v := c.value(args[i])
		return &v
	}
	switch c.Verb {
	case "upgrade", "diff upgrade":
		c.Release, c.Chart = arg(0), c.chart(arg(1))
	case "install", "template":
		c.Release, c.Chart = c.flagValue("name"), c.chart(arg(len(args)-1))
		if len(args) == 2 {
			c.Release = arg(0)
		}
	case "rollback":
		c.Release, c.Revision = arg(0), arg(1)
	case "pull", "show values", "show chart", "show all":
		c.Chart = c.chart(arg(0))
	case "uninstall", "status", "history", "test", "get values", "get all", "get manifest":
		c.Release = arg(0)
	}
}

func revision(v *Value) (int, bool) {
	n, err := strconv.Atoi(v.Text)
	return n, err == nil && v.Known
}

// duration reads a duration as Helm does.
func duration(v *Value) (time.Duration, bool) {
	d, err := time.ParseDuration(v.Text)
	return d, err == nil && v.Known
}
